using CsCheck;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>The ledger and its journal under everything that can happen to leases.</summary>
public sealed class SweepLedgerTests
{
    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 4);

    private enum Happening
    {
        Ask,
        Renew,
        Error,
        Drained,
        OutOfMemory,
        Silence,
        Grant,
        Publish,
        Report,
        Restart,
    }

    [Fact]
    public void Whatever_happens_every_trial_ends_in_one_committed_pack_or_failed_with_a_cause() =>
        Gen.Select(Gen.Enum<Happening>(), Gen.Int[0, 30], Gen.Int[0, 2]).List[0, 120].Sample(happenings =>
        {
            var world = new World();
            foreach (var (happening, lease, worker) in happenings)
            {
                world.Meet(happening, lease, $"worker-{worker}");
                world.AssertConserved();
            }

            world.Settle();
            world.AssertSettled();
        }, iter: 300);

    [Fact]
    public void Counts_follow_a_pack_from_pending_to_committed()
    {
        var world = new World();
        Assert.Equal(new TrialCounts(16, 0, 0, 0, 16, 0), world.Ledger.Count());
        world.Meet(Happening.Ask, 0, "a");
        Assert.Equal(new TrialCounts(16, 0, 0, 0, 12, 4), world.Ledger.Count());
        world.Meet(Happening.Grant, 1, "a");
        world.Meet(Happening.Publish, 1, "a");
        world.Meet(Happening.Report, 1, "a");
        Assert.Equal(new TrialCounts(16, 4, 0, 0, 12, 0), world.Ledger.Count());
        world.Meet(Happening.Restart, 0, "");
        Assert.Equal(new TrialCounts(16, 4, 0, 0, 12, 0), world.Ledger.Count());
        Assert.Equal((4, 1), world.Ledger.CountPacks());
    }

    [Fact]
    public void A_lease_that_is_over_renews_nothing()
    {
        var world = new World();
        world.Meet(Happening.Ask, 0, "a");
        Assert.NotNull(world.Ledger.Renew(1, "a", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        Assert.Null(world.Ledger.Renew(1, "a", "another life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        Assert.Null(world.Ledger.Renew(1, "b", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        world.Meet(Happening.Silence, 1, "a");
        Assert.Null(world.Ledger.Renew(1, "a", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
    }

    [Fact]
    public void A_restart_takes_up_the_leases_that_were_given()
    {
        var world = new World();
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.Restart, 0, "");

        Assert.NotNull(world.Ledger.Renew(1, "a", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        Assert.Equal("a", Assert.Single(world.Ledger.Leases).Value.Worker);
    }

    [Fact]
    public void A_segment_renamed_before_a_crash_is_committed_by_the_restart()
    {
        var world = new World();
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.Grant, 1, "a");
        world.Meet(Happening.Publish, 1, "a");
        world.Meet(Happening.Restart, 0, "");

        Assert.Equal(4, world.Ledger.Count().Committed);
        Assert.Empty(world.Ledger.Leases);
    }

    [Fact]
    public void A_grant_without_a_rename_goes_back_at_the_restart()
    {
        var world = new World();
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.Grant, 1, "a");
        world.Meet(Happening.Restart, 0, "");

        Assert.Equal(new TrialCounts(16, 0, 0, 0, 16, 0), world.Ledger.Count());
    }

    [Fact]
    public void A_pack_that_gets_on_is_not_blamed_for_the_workers_that_vanish_under_it()
    {
        var setup = new CoordinatorSetup(new MemoryFolders(), new FakeExperiments(), new MemorySubmissions(), new ClusterTimings(), new ManualClock(), "0.1.0");
        using var session = SweepSession.Open(FakeExperiments.Plan(depths: 1), RunScope.All, "folder", setup);
        var ledger = session.Ledger;
        Lease Give()
        {
            session.Record(ledger.GiveTo("a", "fake", setup.At));
            return ledger.Leases[ledger.History.LastLease];
        }

        void Lose() => session.Record(ledger.End(Give(), FailureKind.Lost, "gone", setup.At));
        for (var loss = 1; loss < LeasePolicy.MaximumLosses; loss++)
        {
            Lose();
        }

        var paused = new StagedSegment("pack-0-0.parquet", "staged", "hash", 1, 1) { Checkpoint = new StagedCheckpoint("pack-0-0.checkpoint", "staged", "hash", 1, 5) };
        var lease = Give();
        session.Record(ledger.Grant(lease, paused, [], 1));
        session.Record(SweepLedger.Commit(ledger.Leases[lease.Number].Granted!, setup.At));
        Lose();

        Assert.Equal(0, ledger.Count().Failed);
    }

    /// <summary>A coordinator without actors: it asks the ledger, journals, and now and then loses its memory.</summary>
    private sealed class World
    {
        private readonly MemoryFolders folders = new();
        private readonly ManualClock clock = new();
        private readonly CoordinatorSetup setup;
        private readonly Dictionary<long, StagedSegment> staged = [];
        private SweepSession session;

        public World()
        {
            setup = new CoordinatorSetup(folders, new FakeExperiments(), new MemorySubmissions(), new ClusterTimings(), clock, "0.1.0");
            session = SweepSession.Open(Plan, RunScope.All, "folder", setup);
        }

        public SweepLedger Ledger => session.Ledger;

        private MemoryFolder Folder => folders["folder"];

        /// <summary>Something arrives about a lease that may be open, over, or never given.</summary>
        public void Meet(Happening happening, long number, string worker)
        {
            var lease = Ledger.Leases.GetValueOrDefault(number);
            switch (happening)
            {
                case Happening.Ask when Ledger.LeaseOf(worker) is null && Ledger.HasPending:
                    session.Record(Ledger.GiveTo(worker, "fake", setup.At));
                    Ledger.Assign(Ledger.History.LastLease, "life");
                    break;
                case Happening.Renew:
                    Ledger.Renew(number, worker, "life", new PackStep(1, 2, 3, []), setup.Now);
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
                case Happening.Silence:
                    clock.Advance(setup.Timings.LeaseTime + TimeSpan.FromSeconds(1));
                    Ledger.Expired(setup.Now).ToList().ForEach(expired => End(expired, FailureKind.Lost));
                    break;
                case Happening.Grant when lease is { Granted: null }:
                    var work = Plan.WorkFor(Ledger.TaskOf(lease).Pack, (_, _) => true);
                    staged[number] = session.Segments.Begin(new SegmentHeader(work.Pack.Id, number, 0, work.Trials, work.Wanted, work.Schedule)).Close();
                    session.Record(Ledger.Grant(lease, staged[number], [], 1));
                    break;
                case Happening.Publish when lease?.Granted is not null && staged.Remove(number, out var segment):
                    session.Segments.Publish(segment);
                    break;
                case Happening.Report when lease?.Granted is { } granted && session.IsIntact(granted):
                    session.Record(SweepLedger.Commit(granted, setup.At));
                    break;
                case Happening.Restart:
                    staged.Values.ToList().ForEach(session.Segments.Discard);
                    staged.Clear();
                    session.Dispose();
                    session = SweepSession.Open(Plan, RunScope.All, "folder", setup);
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
                var number = Ledger.History.LastLease;
                Meet(Happening.Grant, number, "last");
                Meet(Happening.Publish, number, "last");
                Meet(Happening.Report, number, "last");
            }
        }

        public void AssertConserved()
        {
            var counts = Ledger.Count();
            Assert.Equal(Plan.TrialCount, counts.Committed + counts.Failed + counts.Pending + counts.Running);
            Assert.True(counts.Pending >= 0);
        }

        /// <summary>Reads the journal alone: leases never overlap, commits follow the grant of the pack's newest lease, ends are unique.</summary>
        public void AssertSettled()
        {
            var holder = new Dictionary<string, long>();
            var granted = new Dictionary<string, StagedSegment>();
            var ends = new Dictionary<string, int>();
            var last = 0L;
            foreach (var entry in Folder.Journal)
            {
                switch (entry)
                {
                    case JournalEntry.Leased leased:
                        Assert.True(leased.Lease > last);
                        last = leased.Lease;
                        Assert.True(holder.TryAdd(leased.Pack.Name, leased.Lease), "a pack was leased twice at once");
                        break;
                    case JournalEntry.AttemptEnded ended:
                        Assert.Equal(ended.Lease, holder[ended.Pack.Name]);
                        holder.Remove(ended.Pack.Name);
                        break;
                    case JournalEntry.CommitGranted grant:
                        Assert.Equal(grant.Lease, holder[grant.Pack.Name]);
                        granted[grant.Pack.Name] = grant.Segment;
                        break;
                    case JournalEntry.Committed committed:
                        Assert.Equal(committed.Lease, holder[committed.Pack.Name]);
                        Assert.Equal(granted[committed.Pack.Name].Sha256, Folder.Published[committed.Segment].Sha256);
                        holder.Remove(committed.Pack.Name);
                        ends.Add(committed.Pack.Name, 1);
                        break;
                    case JournalEntry.Split split:
                        Assert.DoesNotContain(split.Pack.Name, holder.Keys);
                        Assert.DoesNotContain(split.Pack.Name, ends.Keys);
                        break;
                    case JournalEntry.PackFailed failed:
                        Assert.NotEmpty(failed.Reason);
                        ends.Add(failed.Pack.Name, 1);
                        break;
                }
            }

            Assert.Empty(holder);
            var history = SweepHistory.Fold(Folder.Journal);
            Assert.Equal(history.Current(Plan.Packs).Select(pack => pack.Id.Name).Order(), ends.Keys.Order());
            for (var i = 0L; i < Plan.TrialCount; i++)
            {
                var record = history.Trials[Plan.TrialAt(i).Id];
                Assert.NotEqual(record.Segment is null, record.Failure is null);
            }
        }

        private void End(Lease lease, FailureKind kind)
        {
            if (lease.Granted is { } granted && session.IsIntact(granted))
            {
                session.Record(SweepLedger.Commit(granted, setup.At));
                return;
            }

            if (staged.Remove(lease.Number, out var segment))
            {
                session.Segments.Discard(segment);
            }

            session.Record(Ledger.End(lease, kind, $"{kind} {lease.Number}", setup.At));
        }
    }
}
