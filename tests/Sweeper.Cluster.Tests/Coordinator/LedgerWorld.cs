using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>
/// A coordinator and an aggregator without actors: messages arrive about leases that may be open, over, or never given, and
/// now and then one of the two loses its memory.
/// </summary>
internal sealed class LedgerWorld
{
    private readonly SweepPlan plan;
    private readonly MemoryFolders folders = new();
    private readonly ManualClock clock = new();
    private readonly CoordinatorSetup setup;
    private readonly Dictionary<long, PackLease> told = [];
    private readonly Dictionary<long, StagedSegment> staged = [];
    private readonly HashSet<long> allowed = [];
    private LedgerSession session;

    public LedgerWorld(SweepPlan plan)
    {
        this.plan = plan;
        setup = new CoordinatorSetup(folders, new FakeExperiments(), new MemorySubmissions(), new ClusterTimings(), clock, "0.1.0");
        session = LedgerSession.Open(plan, RunScope.All, "folder", setup);
    }

    public SweepLedger Ledger => session.Ledger;

    public MemoryFolder Folder => folders["folder"];

    /// <summary>Something happens; what is decided is on disk, and said, at once or only when something happens that saves.</summary>
    public void Meet(Happening happening, long number, string worker, bool saves = true)
    {
        Happen(happening, number, worker);
        if (saves)
        {
            session.Save();
        }
    }

    private void Happen(Happening happening, long number, string worker)
    {
        var lease = session.Find(new LeaseId(session.Key, number));
        switch (happening)
        {
            case Happening.Ask when Ledger.Leases.Of(worker) is null && Ledger.HasPending:
                session.Record(Ledger.GiveTo(worker, "fake", setup.At));
                var given = session.Describe(Ledger.Leases.Assign(Ledger.History.LastLease, "life"));
                session.Then(() => told.Add(given.Lease.Number, given));
                break;
            case Happening.Renew:
                Ledger.Leases.Renew(number, worker, "life", new PackStep(1, 2, 3, []), setup.Now);
                break;
            case Happening.Error when lease is not null:
                End(lease, FailureKind.Error);
                break;
            case Happening.Drained when lease is not null:
                End(lease, FailureKind.Drained);
                break;
            case Happening.OutOfMemory when lease is not null:
                End(lease, FailureKind.OutOfMemory);
                break;
            case Happening.Vanish when Ledger.Leases.Of(worker) is { Granted: null } held:
                End(held, FailureKind.Lost);
                break;
            case Happening.Silence:
                clock.Advance(setup.Timings.LeaseTime + TimeSpan.FromSeconds(1));
                Ledger.Leases.Expired(setup.Now).ToList().ForEach(expired => End(expired, FailureKind.Lost));
                break;
            case Happening.Finish when told.TryGetValue(number, out var all):
                AskToCommit(all, lease, long.MaxValue);
                break;
            case Happening.Pause when told.TryGetValue(number, out var part) && part.Start.MayPause && NextPause(part) is { } step:
                AskToCommit(part, lease, step);
                break;
            case Happening.Publish when lease?.Granted is not null && allowed.Contains(number) && staged.Remove(number, out var segment):
                session.Segments.Publish(segment);
                break;
            case Happening.Report when lease?.Granted is { } granted && session.IsIntact(granted.Segment):
                session.Commit(granted);
                break;
            case Happening.AggregatorDies:
                ForgetStaged();
                Ledger.Leases.Where(open => open.Granted is not null).ToList().ForEach(Doubt);
                break;
            case Happening.CoordinatorDies:
                ForgetStaged();
                session.Dispose();
                session = LedgerSession.Open(plan, RunScope.All, "folder", setup);
                break;
        }
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Settle()
    {
        Meet(Happening.Silence, 0, "");
        while (!Ledger.IsDone)
        {
            Meet(Happening.Ask, 0, "last");
            foreach (var happening in (Happening[])[Happening.Finish, Happening.Publish, Happening.Report])
            {
                Meet(happening, Ledger.History.LastLease, "last");
            }
        }
    }

    public void AssertConserved()
    {
        var counts = Ledger.Count();
        Assert.Equal(plan.TrialCount, counts.Committed + counts.Failed + counts.Pending + counts.Running);
        Assert.True(counts.Pending >= 0);
        Assert.Equal(counts.Committed, Ledger.History.Trials.Values.Count(trial => trial.Segment is not null));
        Assert.Equal(counts.Failed, Ledger.History.Trials.Values.Count(trial => trial.Failure is not null));
        Assert.All(Ledger.History.Begun.Values, paused => Assert.Contains(paused.File.Checkpoint!.Name, Folder.Checkpoints));
    }

    /// <summary>A draft is closed, unless it was before, and the coordinator is asked; what it refuses is dropped.</summary>
    private void AskToCommit(PackLease work, Lease? lease, long upTo)
    {
        var number = work.Lease.Number;
        if (lease?.Granted is not null && !staged.ContainsKey(number))
        {
            // Published, and not yet reported.
            return;
        }

        if (!staged.TryGetValue(number, out var segment))
        {
            staged[number] = segment = Stage(work, upTo);
        }

        if (lease is not null)
        {
            session.Record(Ledger.Grant(lease, segment, [], 1));
            session.Then(() => allowed.Add(number));
            return;
        }

        session.Segments.Discard(segment);
        staged.Remove(number);
    }

    private StagedSegment Stage(PackLease work, long upTo)
    {
        var asked = plan.WorkFor(work.Pack, (_, _) => true);
        var wanted = PositionBits.FromBits(work.Wanted.Span);
        using var draft = session.Segments.Begin(new SegmentHeader(
            work.Pack.Id, work.Lease.Number, work.Start.Interval, asked.Trials, wanted, asked.Schedule));
        foreach (var step in asked.Schedule.Snapshots.Select(snapshot => snapshot.Step).Where(step => step > After(work) && step <= upTo))
        {
            draft.Append(new MeasurementBlock(
                step, new SeriesKey(MeasurementSource.Run, "loss", "train", ""), wanted.ToArray(), 1, new double[wanted.Length]));
        }

        if (upTo < long.MaxValue)
        {
            CheckpointPiece.Of(new PackCheckpoint(upTo, BitConverter.GetBytes(work.Lease.Number))).ToList().ForEach(draft.Append);
        }

        return draft.Close();
    }

    /// <summary>The next measured step, unless it is the last.</summary>
    private long? NextPause(PackLease work)
    {
        var left = plan.WorkFor(work.Pack, (_, _) => true).Schedule.Snapshots.Select(snapshot => snapshot.Step)
            .Where(step => step > After(work)).ToList();
        return left.Count > 1 ? left[0] : null;
    }

    private static long After(PackLease work) => work.Start.From?.Step ?? -1;

    /// <summary>A new aggregator hears of a grant that was given to the one before it.</summary>
    private void Doubt(Lease granted)
    {
        if (session.IsIntact(granted.Granted!.Segment))
        {
            session.Commit(granted.Granted!);
        }
        else
        {
            Ledger.Leases.Withdraw(granted);
        }
    }

    private void End(Lease lease, FailureKind kind)
    {
        session.End(lease, kind, $"{kind} {lease.Number}");
        if (staged.Remove(lease.Number, out var segment))
        {
            session.Segments.Discard(segment);
        }
    }

    private void ForgetStaged()
    {
        staged.Values.ToList().ForEach(session.Segments.Discard);
        staged.Clear();
    }
}
