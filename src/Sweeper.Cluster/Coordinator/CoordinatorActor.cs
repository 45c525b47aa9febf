using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using Sweeper.Cluster.Aggregator;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Gives packs to workers and decides what is committed. A shell: <see cref="SweepLedger"/> decides, <see cref="SweepSession"/>
/// journals, this actor sends. It runs one sweep at a time; a restart forgets it, and the client submits it again.
/// </summary>
internal sealed class CoordinatorActor : ReceiveActor, IWithTimers
{
    private readonly CoordinatorSetup setup;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly LeaseDesk desk;
    private readonly HashSet<string> submissions = [];
    private SweepSession? session;
    private SweepPhase phase = SweepPhase.Over;
    private SweepEnding? ending;
    private IActorRef aggregator = ActorRefs.Nobody;
    private Task deriving = Task.CompletedTask;

    public CoordinatorActor(CoordinatorSetup setup)
    {
        this.setup = setup;
        desk = new LeaseDesk(setup, log);
        On<SubmitSweep>(Submit);
        On<DrainSweep>(StopOnRequest);
        On<GetStatus>(request => Sender.Tell(submissions.Contains(request.Submission)
            ? StatusReport.Of(request.Submission, session!, phase, ending, desk.Workers)
            : new SweepUnknown(request.Submission)));
        On<WorkerReady>(Welcome);
        On<LeaseRenewed>(Renew);
        On<PackFailed>(Fail);
        On<GetSweep>(SendText);
        On<DescribeLease>(Describe);
        On<MayCommit>(Decide);
        On<Committed>(Finish);
        On<Terminated>(gone => Bury(gone.ActorRef));
        On<DeriveEnded>(ended => Close(ended.Failure is { } failure
            ? new SweepEnding(SweepState.Failed, Fault.From(failure))
            : new SweepEnding(SweepState.Completed, null)));
        On<Alarm>(Wake);
    }

    private enum Alarm
    {
        Look,
        AggregatorMissing,
        GraceOver,
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The sweep while it is open.</summary>
    private SweepSession? Open => phase == SweepPhase.Over ? null : session;

    /// <summary>The sweep while it gives out packs.</summary>
    private SweepSession? Giving => phase == SweepPhase.Active ? session : null;

    protected override void PreStart() => Timers.StartPeriodicTimer(Alarm.Look, Alarm.Look, setup.Timings.AskEvery);

    protected override SupervisorStrategy SupervisorStrategy() => Restarting.NeverInPlace;

    protected override void PostStop()
    {
        // The folder stays locked while files are derived; children (the aggregator) have ended before this runs.
        deriving.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        Open?.Dispose();
    }

    /// <summary>A message whose consequences cannot be journalled or stored pauses the sweep: nothing is lost, and `run` continues.</summary>
    private void On<T>(Action<T> handle) => Receive<T>(message =>
    {
        try
        {
            handle(message);
        }
        catch (Exception exception) when (Open is not null && exception is SweepException or IOException or UnauthorizedAccessException)
        {
            log.Error(exception, "the sweep cannot be journalled or stored");
            Pause(Fault.From(exception) with { ExitCode = ExitCode.Preflight });
        }
    });

    // client

    private void Submit(SubmitSweep submit)
    {
        if (submissions.Contains(submit.Submission))
        {
            Sender.Tell(new SweepAccepted(submit.Submission));
            return;
        }

        try
        {
            var plan = SweepPlan.Parse(submit.Text, setup.Catalog);
            if (Open is null)
            {
                Begin(plan, submit.Scope, submit.Folder);
            }
            else if (Open.Key != SweepKey.Of(plan, submit.Folder))
            {
                throw new SweepException(
                    ExitCode.Preflight, $"the coordinator is busy with sweep '{Open.Plan.Name}'", "Wait until it ends, or stop it.", Open.Path);
            }
        }
        catch (Exception exception)
        {
            log.Error(exception, "a sweep was refused");
            Sender.Tell(new SweepRefused(submit.Submission, Fault.From(exception)));
            return;
        }

        submissions.Add(submit.Submission);
        Sender.Tell(new SweepAccepted(submit.Submission));
        GoOn();
    }

    private void Begin(SweepPlan plan, RunScope scope, string folder)
    {
        session = SweepSession.Open(plan, scope, folder, setup);
        submissions.Clear();
        phase = SweepPhase.Active;
        ending = null;
        if (!session.Ledger.IsDone)
        {
            StartAggregator();
        }
    }

    private void StopOnRequest(DrainSweep drain)
    {
        if (!submissions.Contains(drain.Submission))
        {
            Sender.Tell(new SweepUnknown(drain.Submission));
        }
        else if (Giving is not null)
        {
            phase = SweepPhase.Stopping;
            ending = new SweepEnding(SweepState.Stopped, null);
            foreach (var lease in session!.Ledger.Leases.Values)
            {
                desk.Tell(lease, new Drain(session.IdOf(lease)));
            }

            Timers.StartSingleTimer(Alarm.GraceOver, Alarm.GraceOver, setup.Timings.DrainGrace);
            GoOn();
        }
    }

    // workers

    private void Welcome(WorkerReady ready)
    {
        desk.Workers.Heard(ready, Context.Watch(Sender), setup.Now);
        if (Open?.Ledger.LeaseOf(ready.Worker) is { } lease)
        {
            if (lease.Incarnation == ready.Incarnation && Giving is not null)
            {
                // Its answer was lost, or crossed this request.
                Sender.Tell(Giving.Describe(lease));
                return;
            }

            End(lease, FailureKind.Lost, $"worker {ready.Worker} began anew");
        }

        if (Open?.Ledger.LeaseOf(ready.Worker) is null)
        {
            desk.Offer(Giving, ready.Worker);
        }
    }

    private void Renew(LeaseRenewed renewed)
    {
        desk.Workers.Heard(renewed.Worker, Context.Watch(Sender), setup.Now);
        if (Open is null)
        {
            // After a restart its sweep may be about to be submitted again: silence keeps the worker going.
            return;
        }

        var isKept = renewed.Lease.Sweep == Open.Key && Open.Ledger.Renew(
            renewed.Lease.Number, renewed.Worker, renewed.Incarnation, renewed.At, setup.Now) is not null;
        Sender.Tell(
            !isKept ? new LeaseOver(renewed.Lease)
            : phase == SweepPhase.Stopping ? new Drain(renewed.Lease)
            : new LeaseKept(renewed.Lease, Open.Aggregator));
    }

    private void Fail(PackFailed failed)
    {
        Sender.Tell(new LeaseOver(failed.Lease));
        if (Open?.Find(failed.Lease) is { } lease)
        {
            End(lease, failed.Kind, failed.Fault.Problem, failed.Kind == FailureKind.Storage ? failed.Fault with { ExitCode = ExitCode.Preflight } : null);
        }
    }

    private void SendText(GetSweep request)
    {
        if (Open?.Key == request.Sweep)
        {
            Sender.Tell(new SweepText(Open.Key, Open.Plan.ResolvedText));
        }
    }

    // aggregator

    private void Describe(DescribeLease request)
    {
        var lease = Open?.Find(request.Lease);
        if (lease?.Granted is { } granted)
        {
            // Only an aggregator that has just begun asks: the one that was granted the commit is gone.
            if (Open!.IsIntact(granted))
            {
                Finish(new Committed(request.Lease, granted.Segment.Name));
                return;
            }

            lease = Open.Ledger.Withdraw(lease);
        }

        Sender.Tell(lease is null ? new LeaseOver(request.Lease) : Open!.Describe(lease));
    }

    private void Decide(MayCommit request)
    {
        var lease = Open?.Find(request.Lease);
        if (lease is not null)
        {
            Open!.Record(Open.Ledger.Grant(lease, request.Segment, request.Diverged, request.WallSeconds));
        }

        Sender.Tell(new CommitDecision(request.Lease, lease is not null));
    }

    private void Finish(Committed committed)
    {
        Sender.Tell(new LeaseOver(committed.Lease));
        if (Open?.Find(committed.Lease) is { Granted: { } granted } lease && granted.Segment.Name == committed.Segment)
        {
            Open.Record(SweepLedger.Commit(granted, setup.At));
            log.Info("lease {Lease}: pack {Pack} committed as {Segment}", lease.Number, granted.Pack, committed.Segment);
            desk.Tell(lease, new LeaseOver(committed.Lease));
            GoOn();
        }
    }

    private void StartAggregator()
    {
        aggregator = Context.Watch(Context.ActorOf(AggregatorActor.Props(Self, session!.Plan, session.Segments, setup.Timings), "aggregator"));
        session.Aggregator = Serialization.SerializedActorPath(aggregator);
    }

    // time and death

    private void Wake(Alarm alarm)
    {
        switch (alarm)
        {
            case Alarm.Look:
                desk.Workers.ForgetSilent(setup.Now);
                foreach (var lease in Open?.Ledger.Expired(setup.Now).ToList() ?? [])
                {
                    End(lease, FailureKind.Lost, $"worker {lease.Worker} was silent for {setup.Timings.LeaseTime.TotalSeconds:0} s");
                }

                break;
            case Alarm.AggregatorMissing when aggregator.IsNobody() && phase is SweepPhase.Active or SweepPhase.Stopping:
                StartAggregator();
                break;
            case Alarm.GraceOver when phase == SweepPhase.Stopping:
                Close(ending!);
                break;
        }
    }

    private void Bury(IActorRef gone)
    {
        if (gone.Equals(aggregator))
        {
            aggregator = ActorRefs.Nobody;
            session!.Aggregator = "";
            if (phase == SweepPhase.Closing)
            {
                Release();
                return;
            }

            log.Warning("the aggregator is gone and will be made anew");
            Timers.StartSingleTimer(Alarm.AggregatorMissing, Alarm.AggregatorMissing, setup.Timings.RestartAfter);
        }
        else if (desk.Workers.Find(gone) is { } worker)
        {
            desk.Workers.Forget(worker.Name);
            if (Open?.Ledger.LeaseOf(worker.Name) is { Granted: null } lease)
            {
                End(lease, FailureKind.Lost, $"worker {worker.Name} is gone");
            }
        }
    }

    // ends

    private void End(Lease lease, FailureKind kind, string reason, Fault? pausing = null)
    {
        session!.End(lease, kind, reason);
        log.Warning("lease {Lease}: pack {Pack} of {Worker}: {Kind}: {Problem}", lease.Number, session.Ledger.TaskOf(lease).Pack.Id, lease.Worker, kind, reason);
        aggregator.Tell(new LeaseOver(session.IdOf(lease)));
        desk.Tell(lease, new LeaseOver(session.IdOf(lease)));
        if (session.Ledger.IsBroken)
        {
            pausing ??= new Fault(
                ExitCode.CircuitBreaker, $"all packs so far failed alike: {reason}", Path.Join(session.Path, "logs"),
                "Mend the cause, then `sweeper run` tries them again.");
        }

        if (pausing is not null && Giving is not null)
        {
            Pause(pausing);
        }
        else
        {
            GoOn();
        }
    }

    /// <summary>After every change: gives out what is pending, derives when all is in, closes when a stop is complete.</summary>
    private void GoOn()
    {
        if (Giving is { Ledger.IsDone: true })
        {
            phase = SweepPhase.Deriving;
            deriving = Task.Factory.StartNew(session!.Derive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            deriving.PipeTo(Self, success: () => new DeriveEnded(null), failure: exception => new DeriveEnded(exception));
        }
        else if (Giving is { Ledger.HasPending: true })
        {
            desk.OfferToIdle(Giving);
        }
        else if (phase == SweepPhase.Stopping && session!.Ledger.Leases.Count == 0)
        {
            Close(ending!);
        }
    }

    private void Pause(Fault fault)
    {
        if (phase != SweepPhase.Closing)
        {
            foreach (var lease in session!.Ledger.Leases.Values)
            {
                desk.Tell(lease, new LeaseOver(session.IdOf(lease)));
            }

            Close(new SweepEnding(SweepState.Paused, fault));
        }
    }

    private void Close(SweepEnding how)
    {
        phase = SweepPhase.Closing;
        ending = how;
        Timers.Cancel(Alarm.GraceOver);
        if (aggregator.IsNobody())
        {
            Release();
        }
        else
        {
            Context.Stop(aggregator);
        }
    }

    /// <summary>Nobody writes any more: what is still leased goes back, and the folder is free.</summary>
    private void Release()
    {
        try
        {
            foreach (var lease in session!.Ledger.Leases.Values.ToList())
            {
                session.End(lease, FailureKind.Drained, "the sweep was stopped");
            }
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            // The disk that stopped the sweep cannot take this either; the next start finds the leases open and ends them.
            log.Warning("leases are left open in the journal: {Problem}", exception.Message);
        }

        session!.Dispose();
        phase = SweepPhase.Over;
        log.Info("sweep {Sweep}: {State}", session.Plan.Name, ending!.State);
    }

    private sealed record DeriveEnded(Exception? Failure);
}
