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
/// One case for each message.
/// </summary>
/// <param name="sweep">The sweep, as it was taken up.</param>
/// <param name="coordinator">Knows the workers.</param>
/// <param name="isInPlace">Whether a granted segment was published: the one thing that is asked of the disk.</param>
/// <param name="timings">Patience.</param>
internal sealed class SweepMachine(OpenSweep sweep, IActorRef coordinator, Func<StagedSegment, bool> isInPlace, ClusterTimings timings)
    : SweepCourse(sweep, coordinator, isInPlace, timings)
{
    private readonly WaitingWorkers waiting = new(timings.LeaseTime);
    private int toldPending;
    private TimeSpan lookedAt;

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
                Reply(new SweepText(Sweep.Key, Sweep.Plan.ResolvedText));
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
                (Aggregator, Sweep.Aggregator) = (started.Aggregator, started.Path);
                break;
            case ActorGone gone when gone.Actor.Equals(Aggregator):
                OnAggregatorGone();
                break;
            case AggregatorDue:
                OnAggregatorDue();
                break;
            case ReportSweep report:
                Reply(StatusReport.Of(report.Submission, Sweep, report.Workers));
                break;
            case StopSweep:
                Stop(new SweepEnding(SweepState.Stopped, null));
                break;
            case StopGraceOver when Sweep.Phase == SweepPhase.Stopping:
                Close(Sweep.Ending!);
                break;
            case DeriveEnded ended when Sweep.Phase == SweepPhase.Deriving:
                Close(new SweepEnding(ended.Fault is null ? SweepState.Completed : SweepState.Failed, ended.Fault));
                break;
            case Look:
                OnLook();
                break;
            case DiskRefused refused:
                OnDiskRefused(refused);
                break;
            case FolderReleased:
                Sweep.Phase = SweepPhase.Over;
                Log(LogLevel.InfoLevel, "sweep {Sweep}: {State}", Sweep.Plan.Name, Sweep.Ending!.State);
                Tell(Coordinator, new SweepOver(Sweep.Key, StatusReport.Of("", Sweep, [])));
                break;
        }

        TellPending(message);
    }

    /// <summary>Begins with what there is to do.</summary>
    private void OnSweepBegins(SweepBegins begins)
    {
        IsAnnounced = begins.IsAnnounced;
        lookedAt = Moment.Now;
        toldPending = Sweep.Pending;
        Tell(Coordinator, new SweepOpened(Sweep.Key, [.. Ledger.Leases.Select(lease => lease.Worker).Distinct()], Sweep.Pending));
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
        var numerics = Sweep.Needs.With(ready.Numerics) ?? ready.Numerics;
        Holders[ready.Worker] = offer.Worker;
        if (Ledger.Leases.Of(ready.Worker) is { } held)
        {
            if (held.Incarnation == ready.Incarnation && Sweep.Phase == SweepPhase.Active)
            {
                TellAhead(offer.Worker, Sweep.Describe(held, NumericsClass.EngineOf(numerics)));
            }
            else
            {
                End(held, FailureKind.Lost, $"worker {ready.Worker} began anew");
            }
        }

        string? refusal = null;
        if (Ledger.Leases.Of(ready.Worker) is null && (refusal = RefusalOf(ready)) is null)
        {
            var lines = Ledger.GiveTo(ready.Worker, numerics, Moment.At);
            Record(lines);
            var lease = Ledger.Leases.Assign(Ledger.History.LastLease, ready.Incarnation);
            waiting.Forget(ready.Worker);
            Log(
                LogLevel.InfoLevel, "lease {Lease}: pack {Pack} to {Worker}, attempt {Attempt}",
                lease.Number, Ledger.TaskOf(lease).Pack.Id, ready.Worker, lease.Attempt);
            var told = Sweep.Describe(lease, NumericsClass.EngineOf(numerics));
            if (lines is [JournalEntry.Leased])
            {
                TellAhead(offer.Worker, told);
            }
            else
            {
                // With what it computes is on disk before anybody does.
                TellWhenSaved(offer.Worker, told);
            }
        }

        if (refusal is not null && Sweep.Pending > 0)
        {
            waiting.Refuse(ready.Worker, refusal, Moment);
        }

        toldPending = Sweep.Pending;
        Tell(Coordinator, new OfferAnswered(Sweep.Key, ready.Worker, refusal, toldPending));
    }

    private string? RefusalOf(WorkerReady ready) => Sweep.Pending == 0 ? "no pack is pending"
        : Ledger.IsSetAside(ready.Worker, ready.Incarnation, Moment.Now)
            ? "is set aside: its last packs failed here and others' did not; `sweeper failures` says why"
        : LeasePolicy.Refusal(ready, Sweep.Needs);

    /// <summary>A worker's node is gone: its lease ends sooner now, unless it comes back, or the commit was granted already.</summary>
    private void OnWorkerGone(WorkerGone gone)
    {
        Holders.Remove(gone.Worker);
        if (Ledger.Leases.Of(gone.Worker) is { Granted: null } lease)
        {
            Ledger.Leases.ExpectBack(lease, gone.At + Timings.ReturnTime);
        }
    }

    private void OnLeaseRenewed(LeaseRenewed renewed)
    {
        Holders[renewed.Worker] = Sender;
        var isKept = Ledger.Leases.Renew(renewed.Lease.Number, renewed.Worker, renewed.Incarnation, renewed.At, Moment.Now) is not null;
        Reply(!isKept ? new LeaseOver(renewed.Lease)
            : Sweep.Phase == SweepPhase.Stopping ? new Drain(renewed.Lease)
            : new LeaseKept(renewed.Lease, Sweep.Aggregator));
    }

    private void OnPackFailed(PackFailed failed)
    {
        // Of a commit that was granted only the aggregator knows what becomes.
        if (Sweep.Find(failed.Lease) is { } lease && (lease.Granted is null || Sender.Equals(Aggregator)))
        {
            End(
                lease, failed.Kind, failed.Kind == FailureKind.Error ? failed.Fault.Line : failed.Fault.Problem,
                failed.Kind == FailureKind.Storage ? failed.Fault with { ExitCode = ExitCode.Preflight } : null);
        }

        Reply(new LeaseOver(failed.Lease));
    }

    /// <summary>Ends leases that nobody renewed, and says who waits.</summary>
    private void OnLook()
    {
        if (waiting.News(Moment.Now) is { } news)
        {
            Do(new SweepEffect.TellWaiting(news));
        }

        var missed = Timings.Missed(Moment.Now - lookedAt);
        lookedAt = Moment.Now;
        if (missed > TimeSpan.Zero)
        {
            Ledger.Leases.Excuse(missed);
        }

        foreach (var lease in Ledger.Leases.Expired(Moment.Now).ToList())
        {
            End(
                lease, FailureKind.Lost,
                lease.IsWorkerGone
                    ? $"worker {lease.Worker} is gone"
                    : $"worker {lease.Worker} was silent for {Timings.LeaseTime.TotalSeconds:0} s");
        }
    }

    // Aggregator

    /// <summary>What a new aggregator is told of a lease.</summary>
    private void OnDescribeLease(DescribeLease request)
    {
        var lease = Sweep.Find(request.Lease);
        if (lease?.Granted is { } granted)
        {
            // Only an aggregator that has just begun asks: the one that was granted the commit is gone.
            if (IsInPlace(granted.Segment))
            {
                OnCommitted(new Committed(request.Lease, granted.Segment.Name));
                return;
            }

            lease = Ledger.Leases.Withdraw(lease);
        }

        if (lease is null)
        {
            TellWhenSaved(Sender, new LeaseOver(request.Lease));
        }
        else
        {
            TellAhead(Sender, Sweep.Describe(lease));
        }
    }

    /// <summary>Whether a staged segment may be published.</summary>
    private void OnMayCommit(MayCommit request)
    {
        var lease = Sweep.Find(request.Lease);
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
        if (Sweep.Find(committed.Lease) is { Granted: { } granted } lease && granted.Segment.Name == committed.Segment)
        {
            Commit(lease, granted);
            GoOn();
        }

        Reply(new LeaseOver(committed.Lease));
    }

    private void OnAggregatorGone()
    {
        Aggregator = ActorRefs.Nobody;
        Sweep.Aggregator = "";
        if (Sweep.Phase == SweepPhase.Closing)
        {
            Release();
            return;
        }

        Log(LogLevel.WarningLevel, "the aggregator is gone and will be made anew");
        Do(new Effect.Alarm(new AggregatorDue(), Timings.RestartAfter));
    }

    private void OnAggregatorDue()
    {
        if (Aggregator.IsNobody() && Sweep.Phase is SweepPhase.Active or SweepPhase.Stopping)
        {
            Do(new SweepEffect.StartAggregator());
        }
    }

    /// <summary>The coordinator offers no more workers than there are packs.</summary>
    private void TellPending(object message)
    {
        if (message is not (SweepBegins or OfferWorker) && Sweep.Pending != toldPending)
        {
            toldPending = Sweep.Pending;
            Tell(Coordinator, new PacksPending(Sweep.Key, toldPending));
        }
    }
}
