using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using Sweeper.Cluster.Aggregator;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// One sweep in the coordinator's hands, from the opening of its folder to its release. No actor: the coordinator calls it,
/// one message at a time. <see cref="SweepLedger"/> decides, <see cref="SweepSession"/> journals, this sends. What many messages
/// decided that came at once is saved once, after the last of them.
/// </summary>
/// <param name="session">The sweep in its folder.</param>
/// <param name="setup">What the coordinator is made with.</param>
/// <param name="workers">Who is there.</param>
/// <param name="context">The coordinator's: makes and watches the aggregator.</param>
/// <param name="log">The coordinator's.</param>
internal sealed class SweepHost(SweepSession session, CoordinatorSetup setup, WorkerRegister workers, IActorContext context, ILoggingAdapter log)
{
    private IActorRef aggregator = ActorRefs.Nobody;
    private Task deriving = Task.CompletedTask;
    private SweepEnding? ending;
    private bool isSaveDue;

    /// <summary>The sweep in its folder.</summary>
    public SweepSession Session => session;

    /// <summary>How far it is.</summary>
    public SweepPhase Phase { get; private set; } = SweepPhase.Active;

    /// <summary>Whether it has packs to give.</summary>
    public bool HasPending => Phase == SweepPhase.Active && session.Ledger.HasPending;

    /// <summary>What is to be told, later, to the coordinator, which hands it back to <see cref="Wake"/>.</summary>
    public required Action<SweepAlarm, TimeSpan> Schedule { get; init; }

    /// <summary>Called when packs became pending.</summary>
    public required Action Offer { get; init; }

    /// <summary>Called when the folder is released.</summary>
    public required Action<SweepHost> Released { get; init; }

    /// <summary>Whether this is its aggregator.</summary>
    public bool IsServedBy(IActorRef actor) => actor.Equals(aggregator);

    /// <summary>What is known of it, for a client.</summary>
    public SweepStatus Report(string submission, Func<string, string?> trainedBy) =>
        StatusReport.Of(submission, session, Phase, ending, workers, trainedBy);

    /// <summary>Begins with what there is to do.</summary>
    public void Start()
    {
        if (!session.Ledger.IsDone)
        {
            StartAggregator();
        }

        GoOn();
    }

    /// <summary>
    /// Does something for this sweep. Consequences that cannot be journalled or stored pause it: nothing is lost, and `run`
    /// continues.
    /// </summary>
    public void Guard(Action act)
    {
        try
        {
            act();
            if (session.HasUnsaved && !isSaveDue)
            {
                isSaveDue = true;
                context.Self.Tell(new SweepAlarm(session.Key, SweepAlarmKind.Save));
            }
        }
        catch (Exception exception) when (Phase != SweepPhase.Over && exception is SweepException or IOException or UnauthorizedAccessException)
        {
            log.Error(exception, "sweep {Sweep} cannot be journalled or stored", session.Plan.Name);
            Pause(Fault.From(exception) with { ExitCode = ExitCode.Preflight });
        }
    }

    // workers

    /// <summary>Gives a worker the next pack.</summary>
    public void Give(WorkerReady ready)
    {
        session.Record(session.Ledger.GiveTo(ready.Worker, ready.Numerics, setup.At));
        var lease = session.Ledger.Assign(session.Ledger.History.LastLease, ready.Incarnation);
        log.Info("lease {Lease}: pack {Pack} to {Worker}, attempt {Attempt}", lease.Number, session.Ledger.TaskOf(lease).Pack.Id, ready.Worker, lease.Attempt);
        Tell(lease, session.Describe(lease));
    }

    /// <summary>
    /// A worker that has this lease asks for work: its answer was lost, or crossed this request. It gets the same lease again, if
    /// it is still in the same life.
    /// </summary>
    public void Repeat(Lease lease, WorkerReady ready)
    {
        if (lease.Incarnation == ready.Incarnation && Phase == SweepPhase.Active)
        {
            Tell(lease, session.Describe(lease));
        }
        else
        {
            End(lease, FailureKind.Lost, $"worker {ready.Worker} began anew");
        }
    }

    /// <summary>The answer to a worker that renews.</summary>
    public ISweeperMessage Renew(LeaseRenewed renewed)
    {
        var isKept = session.Ledger.Renew(renewed.Lease.Number, renewed.Worker, renewed.Incarnation, renewed.At, setup.Now) is not null;
        return !isKept ? new LeaseOver(renewed.Lease)
            : Phase == SweepPhase.Stopping ? new Drain(renewed.Lease)
            : new LeaseKept(renewed.Lease, session.Aggregator);
    }

    /// <summary>An attempt ended without a result.</summary>
    public void Fail(PackFailed failed)
    {
        if (session.Find(failed.Lease) is { } lease)
        {
            End(lease, failed.Kind, failed.Kind == FailureKind.Error ? failed.Fault.Line : failed.Fault.Problem, failed.Kind == FailureKind.Storage ? failed.Fault with { ExitCode = ExitCode.Preflight } : null);
        }
    }

    /// <summary>A worker's node is gone: its lease ends sooner now, unless it comes back, or the commit was granted already.</summary>
    public void ExpectBack(string worker)
    {
        if (session.Ledger.LeaseOf(worker) is { Granted: null } lease)
        {
            session.Ledger.ExpectBack(lease, setup.Now + setup.Timings.ReturnTime);
        }
    }

    /// <summary>Ends leases that nobody renewed.</summary>
    public void Expire()
    {
        foreach (var lease in session.Ledger.Expired(setup.Now).ToList())
        {
            var what = lease.IsWorkerGone ? "is gone" : $"was silent for {setup.Timings.LeaseTime.TotalSeconds:0} s";
            End(lease, FailureKind.Lost, $"worker {lease.Worker} {what}");
        }
    }

    // aggregator

    /// <summary>What a new aggregator is told of a lease.</summary>
    public ISweeperMessage Describe(LeaseId id)
    {
        var lease = session.Find(id);
        if (lease?.Granted is { } granted)
        {
            // Only an aggregator that has just begun asks: the one that was granted the commit is gone.
            if (session.IsIntact(granted))
            {
                Finish(new Committed(id, granted.Segment.Name));
                return new LeaseOver(id);
            }

            lease = session.Ledger.Withdraw(lease);
        }

        return lease is null ? new LeaseOver(id) : session.Describe(lease);
    }

    /// <summary>Whether a staged segment may be published.</summary>
    public bool Decide(MayCommit request)
    {
        if (session.Find(request.Lease) is not { } lease)
        {
            return false;
        }

        session.Record(session.Ledger.Grant(lease, request.Segment, request.Diverged, request.WallSeconds));
        return true;
    }

    /// <summary>A segment is in place.</summary>
    public void Finish(Committed committed)
    {
        if (session.Find(committed.Lease) is { Granted: { } granted } lease && granted.Segment.Name == committed.Segment)
        {
            session.Commit(granted);
            log.Info("lease {Lease}: pack {Pack} {How} as {Segment}", lease.Number, granted.Pack, granted.Segment.Checkpoint is null ? "committed" : "paused", committed.Segment);
            Tell(lease, new LeaseOver(committed.Lease));
            workers.MayBeIdle(lease.Worker);
            GoOn();
        }
    }

    /// <summary>The aggregator is gone.</summary>
    public void Bury()
    {
        aggregator = ActorRefs.Nobody;
        session.Aggregator = "";
        if (Phase == SweepPhase.Closing)
        {
            Release();
            return;
        }

        log.Warning("the aggregator is gone and will be made anew");
        Schedule(new SweepAlarm(session.Key, SweepAlarmKind.AggregatorMissing), setup.Timings.RestartAfter);
    }

    private void StartAggregator()
    {
        aggregator = context.Watch(context.ActorOf(AggregatorActor.Props(context.Self, session.Plan, session.Segments, setup.Timings), $"aggregator-{session.Key}"));
        session.Aggregator = Serialization.SerializedActorPath(aggregator);
    }

    // time and ends

    /// <summary>Something scheduled is due.</summary>
    public void Wake(SweepAlarmKind kind)
    {
        switch (kind)
        {
            case SweepAlarmKind.Save:
                isSaveDue = false;
                session.Save();
                break;
            case SweepAlarmKind.AggregatorMissing when aggregator.IsNobody() && Phase is SweepPhase.Active or SweepPhase.Stopping:
                StartAggregator();
                break;
            case SweepAlarmKind.GraceOver when Phase == SweepPhase.Stopping:
                Close(ending!);
                break;
        }
    }

    /// <summary>Stops on request.</summary>
    public void Stop() => Stop(new SweepEnding(SweepState.Stopped, null));

    /// <summary>Nothing more is given, what runs is asked to end.</summary>
    private void Stop(SweepEnding how)
    {
        if (Phase != SweepPhase.Active)
        {
            return;
        }

        Phase = SweepPhase.Stopping;
        ending = how;
        foreach (var lease in session.Ledger.Leases.Values)
        {
            Tell(lease, new Drain(session.IdOf(lease)));
        }

        Schedule(new SweepAlarm(session.Key, SweepAlarmKind.GraceOver), setup.Timings.DrainGrace);
        GoOn();
    }

    /// <summary>Files are derived, or could not be.</summary>
    public void EndDeriving(Exception? failure) => Close(
        failure is null ? new SweepEnding(SweepState.Completed, null) : new SweepEnding(SweepState.Failed, Fault.From(failure)));

    /// <summary>The coordinator stops: the folder stays locked while files are derived.</summary>
    public void Abandon()
    {
        deriving.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        session.Dispose();
    }

    private void Tell(Lease lease, ISweeperMessage message) => Tell(workers.Find(lease.Worker)?.Actor, message);

    /// <summary>Says something once what was decided before is on disk.</summary>
    public void Tell(IActorRef? actor, ISweeperMessage message) => session.Then(() => actor?.Tell(message));

    private void End(Lease lease, FailureKind kind, string reason, Fault? pausing = null)
    {
        var failed = session.Ledger.Failed;
        session.End(lease, kind, reason);
        log.Warning("lease {Lease}: pack {Pack} of {Worker}: {Kind}: {Problem}", lease.Number, session.Ledger.TaskOf(lease).Pack.Id, lease.Worker, kind, reason);
        Tell(aggregator, new LeaseOver(session.IdOf(lease)));
        Tell(lease, new LeaseOver(session.IdOf(lease)));
        workers.MayBeIdle(lease.Worker);
        if (session.Ledger.IsBroken)
        {
            pausing ??= new Fault(
                ExitCode.CircuitBreaker, $"all packs so far failed alike: {reason}", Path.Join(session.Path, "logs"),
                "Mend the cause, then `sweeper run` tries them again.");
        }

        if (pausing is not null && Phase == SweepPhase.Active)
        {
            Pause(pausing);
        }
        else if (session.FailsFast && session.Ledger.Failed > failed)
        {
            Stop(new SweepEnding(SweepState.Paused, new Fault(
                ExitCode.FailedTrials, $"stopped at the first trial that failed (--fail-fast): {reason}", Path.Join(session.Path, "logs"),
                "`sweeper run` without --fail-fast trains the others, `sweeper retry` tries the failed again.")));
        }
        else
        {
            GoOn();
        }
    }

    /// <summary>After every change: gives out what is pending, derives when all is in, closes when a stop is complete.</summary>
    private void GoOn()
    {
        if (HasPending)
        {
            Offer();
        }

        if (Phase == SweepPhase.Active && session.Ledger.IsDone)
        {
            session.Save();
            Phase = SweepPhase.Deriving;
            deriving = Task.Factory.StartNew(session.Derive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            deriving.PipeTo(
                context.Self, success: () => new DeriveEnded(session.Key, null), failure: exception => new DeriveEnded(session.Key, exception));
        }
        else if (Phase == SweepPhase.Stopping && session.Ledger.Leases.Count == 0)
        {
            Close(ending!);
        }
    }

    private void Pause(Fault fault)
    {
        if (Phase != SweepPhase.Closing)
        {
            // Said without waiting for a disk that may have refused.
            foreach (var lease in session.Ledger.Leases.Values)
            {
                workers.Find(lease.Worker)?.Actor.Tell(new LeaseOver(session.IdOf(lease)));
            }

            Close(new SweepEnding(SweepState.Paused, fault));
        }
    }

    private void Close(SweepEnding how)
    {
        Phase = SweepPhase.Closing;
        ending = how;
        if (aggregator.IsNobody())
        {
            Release();
        }
        else
        {
            context.Stop(aggregator);
        }
    }

    /// <summary>Nobody writes any more: what is still leased goes back, and the folder is free.</summary>
    private void Release()
    {
        try
        {
            foreach (var lease in session.Ledger.Leases.Values.ToList())
            {
                session.End(lease, FailureKind.Drained, "the sweep was stopped");
            }

            session.Save();
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            // The disk that stopped the sweep cannot take this either; the next start finds the leases open and ends them.
            log.Warning("leases are left open in the journal: {Problem}", exception.Message);
        }

        session.Dispose();
        Phase = SweepPhase.Over;
        log.Info("sweep {Sweep}: {State}", session.Plan.Name, ending!.State);
        Released(this);
    }
}
