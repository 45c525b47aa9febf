using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Sweeper.Cluster.Machines;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// How attempts and a whole sweep end: what a <see cref="SweepMachine"/> decides, whichever message was the reason. A decision gives lines
/// for the journal, which make it true here at once; what others see of it waits until they are on disk.
/// </summary>
/// <param name="sweep">The sweep, as it was taken up.</param>
/// <param name="coordinator">Knows the workers.</param>
/// <param name="isInPlace">Whether a granted segment was published: the one thing that is asked of the disk.</param>
/// <param name="timings">Patience.</param>
internal abstract class SweepCourse(OpenSweep sweep, IActorRef coordinator, Func<StagedSegment, bool> isInPlace, ClusterTimings timings)
    : Machine
{
    /// <summary>The sweep.</summary>
    public OpenSweep Sweep => sweep;

    /// <summary>Where every pack is.</summary>
    protected SweepLedger Ledger => sweep.Ledger;

    /// <summary>Knows the workers.</summary>
    protected IActorRef Coordinator => coordinator;

    /// <summary>Patience.</summary>
    protected ClusterTimings Timings => timings;

    /// <summary>Where workers are, by name.</summary>
    protected Dictionary<string, IActorRef> Holders { get; } = [];

    /// <summary>Nobody while there is none.</summary>
    protected IActorRef Aggregator { get; set; } = ActorRefs.Nobody;

    /// <summary>Whether the journal has a line about this run.</summary>
    protected bool IsAnnounced { get; set; }

    /// <summary>Whether a granted segment was published.</summary>
    protected bool IsInPlace(StagedSegment segment) => isInPlace(segment);

    /// <summary>Ends an attempt, unless its segment is in place after all.</summary>
    protected void End(Lease lease, FailureKind kind, string reason, Fault? pausing = null)
    {
        var failed = Ledger.Failed;
        if (lease.Granted is { } granted && IsInPlace(granted.Segment))
        {
            Commit(lease, granted);
        }
        else
        {
            Record(Ledger.End(lease, kind, reason, Moment.At));
            Free(lease);
            Log(
                LogLevel.WarningLevel, "lease {Lease}: pack {Pack} of {Worker}: {Kind}: {Problem}",
                lease.Number, Ledger.TaskOf(lease).Pack.Id, lease.Worker, kind, reason);
        }

        TellWhenSaved(Aggregator, new LeaseOver(sweep.IdOf(lease)));
        TellHolder(lease, new LeaseOver(sweep.IdOf(lease)));
        if (Ledger.IsBroken)
        {
            pausing ??= new Fault(
                ExitCode.CircuitBreaker, $"all packs so far failed alike: {reason}", Path.Join(sweep.Path, "logs"),
                "Mend the cause, then `sweeper run` tries them again.");
        }

        if (pausing is not null && sweep.Phase == SweepPhase.Active)
        {
            Pause(pausing);
        }
        else if (sweep.FailsFast && Ledger.Failed > failed)
        {
            Stop(new SweepEnding(SweepState.Paused, new Fault(
                ExitCode.FailedTrials, $"stopped at the first trial that failed (--fail-fast): {reason}", Path.Join(sweep.Path, "logs"),
                "`sweeper run` without --fail-fast trains the others, `sweeper retry` tries the failed again.")));
        }
        else
        {
            GoOn();
        }
    }

    protected void Commit(Lease lease, JournalEntry.CommitGranted granted)
    {
        var hasPaused = granted.Segment.Checkpoint is not null || Ledger.History.Begun.ContainsKey(granted.Pack);
        if (granted.Segment.Checkpoint is null)
        {
            var task = Ledger.TaskOf(lease);
            sweep.Pace.Learn(task.Kind, task.Pack.Lanes, granted.Content.WallSeconds);
        }

        Record(SweepLedger.Commit(granted, Moment.At));
        Free(lease);
        if (hasPaused)
        {
            Do(new SweepEffect.WhenSaved(sweep.DropUnused(granted.Pack)));
        }

        Log(
            LogLevel.InfoLevel, "lease {Lease}: pack {Pack} {How} as {Segment}", lease.Number, granted.Pack,
            granted.Segment.Checkpoint is null ? "committed" : "paused", granted.Segment.Name);
    }

    /// <summary>Nothing more is given, what runs is asked to end.</summary>
    protected void Stop(SweepEnding how)
    {
        if (sweep.Phase != SweepPhase.Active)
        {
            return;
        }

        (sweep.Phase, sweep.Ending) = (SweepPhase.Stopping, how);
        foreach (var lease in Ledger.Leases)
        {
            TellHolder(lease, new Drain(sweep.IdOf(lease)));
        }

        Do(new Effect.Alarm(new StopGraceOver(), timings.DrainGrace));
        GoOn();
    }

    /// <summary>After every change: derives when all is in, closes when a stop is complete.</summary>
    protected void GoOn()
    {
        if (sweep.Phase == SweepPhase.Active && Ledger.IsDone)
        {
            sweep.Phase = SweepPhase.Deriving;
            Do(new SweepEffect.WhenSaved(new SweepEffect.Derive()));
        }
        else if (sweep.Phase == SweepPhase.Stopping && Ledger.Leases.Count == 0)
        {
            Close(sweep.Ending!);
        }
    }

    /// <summary>What cannot be journalled or stored pauses the sweep: nothing is lost, and `run` continues.</summary>
    protected void OnDiskRefused(DiskRefused refused)
    {
        switch (sweep.Phase)
        {
            case SweepPhase.Over:
                break;
            case SweepPhase.Closing when Aggregator.IsNobody():
                // The disk that stopped the sweep cannot take this either; the next start finds the leases open and ends them.
                Log(LogLevel.WarningLevel, "leases are left open in the journal: {Problem}", refused.Fault.Problem);
                Do(new SweepEffect.Release());
                break;
            default:
                Pause(refused.Fault with { ExitCode = ExitCode.Preflight });
                break;
        }
    }

    private void Pause(Fault fault)
    {
        if (sweep.Phase != SweepPhase.Closing)
        {
            // Said without waiting for a disk that may have refused.
            foreach (var lease in Ledger.Leases.Where(lease => Holders.ContainsKey(lease.Worker)))
            {
                Tell(Holders[lease.Worker], new LeaseOver(sweep.IdOf(lease)));
            }

            Close(new SweepEnding(SweepState.Paused, fault));
        }
    }

    protected void Close(SweepEnding how)
    {
        (sweep.Phase, sweep.Ending) = (SweepPhase.Closing, how);
        if (Aggregator.IsNobody())
        {
            Release();
        }
        else
        {
            Do(new SweepEffect.StopAggregator(Aggregator));
        }
    }

    /// <summary>Nobody writes any more: what is still leased goes back, and the folder is free.</summary>
    protected void Release()
    {
        foreach (var lease in Ledger.Leases.ToList())
        {
            if (lease.Granted is { } granted && IsInPlace(granted.Segment))
            {
                Commit(lease, granted);
            }
            else
            {
                Record(Ledger.End(lease, FailureKind.Drained, "the sweep was stopped", Moment.At));
                Free(lease);
            }
        }

        Do(new SweepEffect.WhenSaved(new SweepEffect.Release()));
    }

    /// <summary>Makes decisions true here, and has them journalled.</summary>
    protected void Record(ImmutableArray<JournalEntry> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        Do(new SweepEffect.Journal(IsAnnounced ? lines : [sweep.Announcement(Moment.At), .. lines]));
        IsAnnounced = true;
        foreach (var line in lines)
        {
            Ledger.Apply(line, Moment.Now);
            if (line is JournalEntry.Split split)
            {
                Do(new SweepEffect.WhenSaved(sweep.DropUnused(split.Pack)));
            }
        }
    }

    /// <summary>Said before its worker hears that the lease is over: it will ask for another.</summary>
    private void Free(Lease lease)
    {
        if (Ledger.Leases.Of(lease.Worker) is null)
        {
            Tell(coordinator, new WorkerFree(sweep.Key, lease.Worker));
        }
    }

    private void TellHolder(Lease lease, ISweeperMessage message) =>
        TellWhenSaved(Holders.GetValueOrDefault(lease.Worker, ActorRefs.Nobody), message);

    /// <summary>
    /// Tells of a lease. Nobody relies on its line: what is trained under it counts once a commit is granted, by a line after it in the
    /// same file. Where a coordinator dies before either is on disk, its worker hears from the next one that the lease is over.
    /// </summary>
    protected void TellAhead(IActorRef actor, PackLease lease) => Do(new SweepEffect.Ahead(new Effect.Tell(actor, lease)));

    protected void TellWhenSaved(IActorRef actor, ISweeperMessage message) =>
        Do(new SweepEffect.WhenSaved(new Effect.Tell(actor, message)));
}
