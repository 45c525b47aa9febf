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
/// The decisions of a sweep, from the opening of its folder to its release: who gets which pack, what may be committed, when it ends.
/// A decision gives lines for the journal, which make it true here at once; what others see of it waits until they are on disk.
/// </summary>
/// <param name="sweep">The sweep, as it was taken up.</param>
/// <param name="coordinator">Knows the workers.</param>
/// <param name="isInPlace">Whether a granted segment was published: the one thing that is asked of the disk.</param>
/// <param name="timings">Patience.</param>
internal sealed class SweepMachine(OpenSweep sweep, IActorRef coordinator, Func<StagedSegment, bool> isInPlace, ClusterTimings timings)
    : Machine
{
    private readonly Dictionary<string, IActorRef> holders = [];
    private IActorRef aggregator = ActorRefs.Nobody;
    private bool isAnnounced;
    private int toldPending;
    private TimeSpan lookedAt;

    /// <summary>The sweep.</summary>
    public OpenSweep Sweep => sweep;

    private SweepLedger Ledger => sweep.Ledger;

    /// <inheritdoc/>
    protected override void Handle(object message)
    {
        switch (message)
        {
            case SweepBegins begins:
                OnSweepBegins(begins);
                break;
            case OfferWorker offer:
                OnOfferWorker(offer);
                break;
            case WorkerGone gone:
                OnWorkerGone(gone);
                break;
            case LeaseRenewed renewed:
                OnLeaseRenewed(renewed);
                break;
            case GetSweep:
                Reply(new SweepText(sweep.Key, sweep.Plan.ResolvedText));
                break;
            case PackFailed failed:
                OnPackFailed(failed);
                break;
            case DescribeLease request:
                OnDescribeLease(request);
                break;
            case MayCommit request:
                OnMayCommit(request);
                break;
            case Committed committed:
                OnCommitted(committed);
                break;
            case AggregatorStarted started:
                (aggregator, sweep.Aggregator) = (started.Aggregator, started.Path);
                break;
            case ActorGone gone when gone.Actor.Equals(aggregator):
                OnAggregatorGone();
                break;
            case AggregatorDue:
                OnAggregatorDue();
                break;
            case ReportSweep report:
                Reply(StatusReport.Of(report.Submission, sweep, report.Workers));
                break;
            case StopSweep:
                Stop(new SweepEnding(SweepState.Stopped, null));
                break;
            case StopGraceOver when sweep.Phase == SweepPhase.Stopping:
                Close(sweep.Ending!);
                break;
            case DeriveEnded ended when sweep.Phase == SweepPhase.Deriving:
                Close(new SweepEnding(ended.Fault is null ? SweepState.Completed : SweepState.Failed, ended.Fault));
                break;
            case Look:
                OnLook();
                break;
            case DiskRefused refused:
                OnDiskRefused(refused);
                break;
            case FolderReleased:
                sweep.Phase = SweepPhase.Over;
                Log(LogLevel.InfoLevel, "sweep {Sweep}: {State}", sweep.Plan.Name, sweep.Ending!.State);
                Tell(coordinator, new SweepOver(sweep.Key, StatusReport.Of("", sweep, [])));
                break;
        }

        TellPending(message);
    }

    /// <summary>Begins with what there is to do.</summary>
    private void OnSweepBegins(SweepBegins begins)
    {
        isAnnounced = begins.IsAnnounced;
        lookedAt = Moment.Now;
        toldPending = sweep.Pending;
        Tell(coordinator, new SweepOpened(sweep.Key, [.. Ledger.Leases.Values.Select(lease => lease.Worker).Distinct()], sweep.Pending));
        if (!Ledger.IsDone)
        {
            Do(new SweepEffect.StartAggregator());
        }

        GoOn();
    }

    // workers

    /// <summary>
    /// Gives a worker the next pack. One that has a lease and asks for work has not heard of it, and is told again if it is still in the
    /// same life.
    /// </summary>
    private void OnOfferWorker(OfferWorker offer)
    {
        var ready = offer.Ready;
        holders[ready.Worker] = offer.Worker;
        if (Ledger.LeaseOf(ready.Worker) is { } held)
        {
            if (held.Incarnation == ready.Incarnation && sweep.Phase == SweepPhase.Active)
            {
                TellWhenSaved(offer.Worker, sweep.Describe(held));
            }
            else
            {
                End(held, FailureKind.Lost, $"worker {ready.Worker} began anew");
            }
        }

        string? refusal = null;
        if (Ledger.LeaseOf(ready.Worker) is null && (refusal = RefusalOf(ready)) is null)
        {
            Record(Ledger.GiveTo(ready.Worker, ready.Numerics, Moment.At));
            var lease = Ledger.Assign(Ledger.History.LastLease, ready.Incarnation);
            Log(
                LogLevel.InfoLevel, "lease {Lease}: pack {Pack} to {Worker}, attempt {Attempt}",
                lease.Number, Ledger.TaskOf(lease).Pack.Id, ready.Worker, lease.Attempt);
            TellWhenSaved(offer.Worker, sweep.Describe(lease));
        }

        toldPending = sweep.Pending;
        Tell(coordinator, new OfferAnswered(sweep.Key, ready.Worker, refusal, toldPending));
    }

    private string? RefusalOf(WorkerReady ready) => sweep.Pending == 0 ? "no pack is pending" : LeasePolicy.Refusal(ready, sweep.Needs);

    /// <summary>A worker's node is gone: its lease ends sooner now, unless it comes back, or the commit was granted already.</summary>
    private void OnWorkerGone(WorkerGone gone)
    {
        holders.Remove(gone.Worker);
        if (Ledger.LeaseOf(gone.Worker) is { Granted: null } lease)
        {
            Ledger.ExpectBack(lease, Moment.Now + timings.ReturnTime);
        }
    }

    private void OnLeaseRenewed(LeaseRenewed renewed)
    {
        holders[renewed.Worker] = Sender;
        var isKept = Ledger.Renew(renewed.Lease.Number, renewed.Worker, renewed.Incarnation, renewed.At, Moment.Now) is not null;
        Reply(!isKept ? new LeaseOver(renewed.Lease)
            : sweep.Phase == SweepPhase.Stopping ? new Drain(renewed.Lease)
            : new LeaseKept(renewed.Lease, sweep.Aggregator));
    }

    private void OnPackFailed(PackFailed failed)
    {
        if (sweep.Find(failed.Lease) is { } lease)
        {
            End(
                lease, failed.Kind, failed.Kind == FailureKind.Error ? failed.Fault.Line : failed.Fault.Problem,
                failed.Kind == FailureKind.Storage ? failed.Fault with { ExitCode = ExitCode.Preflight } : null);
        }

        Reply(new LeaseOver(failed.Lease));
    }

    /// <summary>Ends leases that nobody renewed.</summary>
    private void OnLook()
    {
        var missed = timings.Missed(Moment.Now - lookedAt);
        lookedAt = Moment.Now;
        if (missed > TimeSpan.Zero)
        {
            Ledger.Excuse(missed);
        }

        foreach (var lease in Ledger.Expired(Moment.Now).ToList())
        {
            End(
                lease, FailureKind.Lost,
                lease.IsWorkerGone ? $"worker {lease.Worker} is gone" : $"worker {lease.Worker} was silent for {timings.LeaseTime.TotalSeconds:0} s");
        }
    }

    // aggregator

    /// <summary>What a new aggregator is told of a lease.</summary>
    private void OnDescribeLease(DescribeLease request)
    {
        var lease = sweep.Find(request.Lease);
        if (lease?.Granted is { } granted)
        {
            // Only an aggregator that has just begun asks: the one that was granted the commit is gone.
            if (isInPlace(granted.Segment))
            {
                OnCommitted(new Committed(request.Lease, granted.Segment.Name));
                return;
            }

            lease = Ledger.Withdraw(lease);
        }

        TellWhenSaved(Sender, lease is null ? new LeaseOver(request.Lease) : sweep.Describe(lease));
    }

    /// <summary>Whether a staged segment may be published.</summary>
    private void OnMayCommit(MayCommit request)
    {
        var lease = sweep.Find(request.Lease);
        if (lease is not null)
        {
            Record(Ledger.Grant(lease, request.Segment, request.Diverged, request.WallSeconds));
        }

        TellWhenSaved(Sender, new CommitDecision(request.Lease, lease is not null));
    }

    /// <summary>
    /// A segment is in place. The line that says so may be written with the next ones: after a crash the grant, which is on disk, and the
    /// file's hash say the same.
    /// </summary>
    private void OnCommitted(Committed committed)
    {
        if (sweep.Find(committed.Lease) is { Granted: { } granted } lease && granted.Segment.Name == committed.Segment)
        {
            Commit(lease, granted);
            GoOn();
        }

        Reply(new LeaseOver(committed.Lease));
    }

    private void OnAggregatorGone()
    {
        aggregator = ActorRefs.Nobody;
        sweep.Aggregator = "";
        if (sweep.Phase == SweepPhase.Closing)
        {
            Release();
            return;
        }

        Log(LogLevel.WarningLevel, "the aggregator is gone and will be made anew");
        Do(new Effect.Alarm(new AggregatorDue(), timings.RestartAfter));
    }

    private void OnAggregatorDue()
    {
        if (aggregator.IsNobody() && sweep.Phase is SweepPhase.Active or SweepPhase.Stopping)
        {
            Do(new SweepEffect.StartAggregator());
        }
    }

    // decisions

    /// <summary>Ends an attempt, unless its segment is in place after all.</summary>
    private void End(Lease lease, FailureKind kind, string reason, Fault? pausing = null)
    {
        var failed = Ledger.Failed;
        if (lease.Granted is { } granted && isInPlace(granted.Segment))
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

        TellWhenSaved(aggregator, new LeaseOver(sweep.IdOf(lease)));
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

    private void Commit(Lease lease, JournalEntry.CommitGranted granted)
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
    private void Stop(SweepEnding how)
    {
        if (sweep.Phase != SweepPhase.Active)
        {
            return;
        }

        (sweep.Phase, sweep.Ending) = (SweepPhase.Stopping, how);
        foreach (var lease in Ledger.Leases.Values)
        {
            TellHolder(lease, new Drain(sweep.IdOf(lease)));
        }

        Do(new Effect.Alarm(new StopGraceOver(), timings.DrainGrace));
        GoOn();
    }

    /// <summary>After every change: derives when all is in, closes when a stop is complete.</summary>
    private void GoOn()
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
    private void OnDiskRefused(DiskRefused refused)
    {
        switch (sweep.Phase)
        {
            case SweepPhase.Over:
                break;
            case SweepPhase.Closing when aggregator.IsNobody():
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
            foreach (var lease in Ledger.Leases.Values.Where(lease => holders.ContainsKey(lease.Worker)))
            {
                Tell(holders[lease.Worker], new LeaseOver(sweep.IdOf(lease)));
            }

            Close(new SweepEnding(SweepState.Paused, fault));
        }
    }

    private void Close(SweepEnding how)
    {
        (sweep.Phase, sweep.Ending) = (SweepPhase.Closing, how);
        if (aggregator.IsNobody())
        {
            Release();
        }
        else
        {
            Do(new SweepEffect.StopAggregator(aggregator));
        }
    }

    /// <summary>Nobody writes any more: what is still leased goes back, and the folder is free.</summary>
    private void Release()
    {
        foreach (var lease in Ledger.Leases.Values.ToList())
        {
            if (lease.Granted is { } granted && isInPlace(granted.Segment))
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
    private void Record(ImmutableArray<JournalEntry> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        Do(new SweepEffect.Journal(isAnnounced ? lines : [sweep.Announcement(Moment.At), .. lines]));
        isAnnounced = true;
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
        if (Ledger.LeaseOf(lease.Worker) is null)
        {
            Tell(coordinator, new WorkerFree(sweep.Key, lease.Worker));
        }
    }

    private void TellHolder(Lease lease, ISweeperMessage message) =>
        TellWhenSaved(holders.GetValueOrDefault(lease.Worker, ActorRefs.Nobody), message);

    private void TellWhenSaved(IActorRef actor, ISweeperMessage message) => Do(new SweepEffect.WhenSaved(new Effect.Tell(actor, message)));

    /// <summary>The coordinator offers no more workers than there are packs.</summary>
    private void TellPending(object message)
    {
        if (message is not (SweepBegins or OfferWorker) && sweep.Pending != toldPending)
        {
            toldPending = sweep.Pending;
            Tell(coordinator, new PacksPending(sweep.Key, toldPending));
        }
    }
}
