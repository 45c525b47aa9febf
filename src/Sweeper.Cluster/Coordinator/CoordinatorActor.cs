using System.Collections.Immutable;
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
    private readonly WorkerRegister workers;
    private readonly HashSet<string> submissions = [];
    private SweepSession? session;
    private SweepPhase phase = SweepPhase.Active;
    private SweepEnding? ending;
    private IActorRef aggregator = ActorRefs.Nobody;
    private Task deriving = Task.CompletedTask;

    public CoordinatorActor(CoordinatorSetup setup)
    {
        this.setup = setup;
        workers = new WorkerRegister(setup.Timings.LeaseTime);
        On<SubmitSweep>(Submit);
        On<DrainSweep>(StopOnRequest);
        On<GetStatus>(request => Sender.Tell(Knows(request.Submission) ? Status(request.Submission) : new SweepUnknown(request.Submission)));
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
        On<AggregatorMissing>(_ => RestartAggregator());
        On<GraceOver>(_ => EndStopping());
        On<Tick>(_ => Look());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => Restarting.NeverInPlace;

    private bool IsGiving => session is not null && phase == SweepPhase.Active;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, setup.Timings.AskEvery);

    protected override void PostStop()
    {
        // The folder stays locked while files are derived; children (the aggregator) have ended before this runs.
        deriving.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        if (phase != SweepPhase.Over)
        {
            session?.Dispose();
        }
    }

    /// <summary>A message whose consequences cannot be journalled or stored pauses the sweep: nothing is lost, and `run` continues.</summary>
    private void On<T>(Action<T> handle) => Receive<T>(message =>
    {
        try
        {
            handle(message);
        }
        catch (Exception exception) when (session is not null && exception is SweepException or IOException or UnauthorizedAccessException)
        {
            log.Error(exception, "the sweep cannot be journalled or stored");
            Pause(Fault.From(exception) with { ExitCode = ExitCode.Preflight });
        }
    });

    // client

    private bool Knows(string submission) => submissions.Contains(submission);

    private void Submit(SubmitSweep submit)
    {
        if (Knows(submit.Submission))
        {
            Sender.Tell(new SweepAccepted(submit.Submission));
            return;
        }

        try
        {
            var plan = SweepPlan.Parse(submit.Text, setup.Catalog);
            if (session is null || phase == SweepPhase.Over)
            {
                Open(plan, submit.Folder);
            }
            else if (session.Key != SweepKey.Of(plan, submit.Folder))
            {
                throw new SweepException(
                    ExitCode.Preflight, $"the coordinator is busy with sweep '{session.Plan.Name}'", "Wait until it ends, or stop it.", session.Path);
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
        OfferToIdle();
        DeriveWhenDone();
    }

    private void Open(SweepPlan plan, string folder)
    {
        session = SweepSession.Open(plan, folder, setup);
        submissions.Clear();
        phase = SweepPhase.Active;
        ending = null;
        if (!session.Ledger.IsDone)
        {
            StartAggregator();
        }
    }

    private void StartAggregator() =>
        aggregator = Context.Watch(Context.ActorOf(AggregatorActor.Props(Self, session!.Plan, session.Segments, setup.Timings), "aggregator"));

    private void RestartAggregator()
    {
        if (aggregator.IsNobody() && phase is SweepPhase.Active or SweepPhase.Stopping)
        {
            StartAggregator();
        }
    }

    private void StopOnRequest(DrainSweep drain)
    {
        if (!Knows(drain.Submission))
        {
            Sender.Tell(new SweepUnknown(drain.Submission));
            return;
        }

        if (!IsGiving)
        {
            return;
        }

        phase = SweepPhase.Stopping;
        ending = new SweepEnding(SweepState.Stopped, null);
        foreach (var lease in session!.Ledger.Leases.Values)
        {
            workers.Find(lease.Worker)?.Actor.Tell(new Drain(Id(lease)));
        }

        Timers.StartSingleTimer(nameof(GraceOver), GraceOver.Instance, setup.Timings.DrainGrace);
        EndStoppingWhenEmpty();
    }

    private SweepStatus Status(string submission) => StatusReport.Of(submission, session!, phase, ending, workers);

    // workers

    private void Welcome(WorkerReady ready)
    {
        var worker = workers.Heard(ready, Context.Watch(Sender), setup.Now);
        if (session?.Ledger.LeaseOf(ready.Worker) is { } lease && phase != SweepPhase.Over)
        {
            if (lease.Incarnation == ready.Incarnation && phase == SweepPhase.Active)
            {
                // Its answer was lost, or crossed this request.
                worker.Actor.Tell(Message(lease));
                return;
            }

            End(lease, FailureKind.Lost, $"worker {ready.Worker} began anew");
        }

        Offer(workers.Find(ready.Worker)!);
    }

    private void OfferToIdle()
    {
        foreach (var worker in workers.All.Where(worker => worker.Ready is not null && session?.Ledger.LeaseOf(worker.Name) is null).ToList())
        {
            Offer(worker);
        }
    }

    private void Offer(KnownWorker worker)
    {
        if (worker.Ready is null)
        {
            return;
        }

        var reason = !IsGiving ? "no sweep is running"
            : !session!.Ledger.HasPending ? "no pack is pending"
            : LeasePolicy.Refusal(worker.Ready, Needs());
        workers.Explain(worker.Name, reason);
        if (reason is not null)
        {
            worker.Actor.Tell(new NothingNow(reason));
            return;
        }

        session!.Record(session.Ledger.GiveTo(worker.Name, worker.Ready.Numerics, setup.At));
        var lease = session.Ledger.Assign(session.Ledger.History.LastLease, worker.Ready.Incarnation);
        log.Info("lease {0}: pack {1} to {2}, attempt {3}", lease.Number, session.Ledger.TaskOf(lease).Pack.Id, worker.Name, lease.Attempt);
        worker.Actor.Tell(Message(lease));
    }

    private void Renew(LeaseRenewed renewed)
    {
        workers.Heard(renewed.Worker, Context.Watch(Sender), setup.Now);
        if (session is null || phase == SweepPhase.Over)
        {
            // After a restart its sweep may be about to be submitted again: silence keeps the worker going.
            return;
        }

        var lease = renewed.Lease.Sweep == session.Key
            ? session.Ledger.Renew(renewed.Lease.Number, renewed.Worker, renewed.Incarnation, (renewed.Step, renewed.LastStep, renewed.Alive), setup.Now)
            : null;
        Sender.Tell(
            lease is null ? new LeaseOver(renewed.Lease)
            : phase == SweepPhase.Stopping ? new Drain(renewed.Lease)
            : new LeaseKept(renewed.Lease, AggregatorPath()));
    }

    private void Fail(PackFailed failed)
    {
        Sender.Tell(new LeaseOver(failed.Lease));
        if (Find(failed.Lease) is not { } lease)
        {
            return;
        }

        log.Warning("lease {0} of {1}: {2}: {3}", lease.Number, lease.Worker, failed.Kind, failed.Fault.Problem);
        End(lease, failed.Kind, failed.Fault.Problem, failed.Kind == FailureKind.Storage ? failed.Fault with { ExitCode = ExitCode.Preflight } : null);
    }

    private void SendText(GetSweep request)
    {
        if (session?.Key == request.Sweep)
        {
            Sender.Tell(new SweepText(session.Key, session.Plan.ResolvedText));
        }
    }

    // aggregator

    private void Describe(DescribeLease request)
    {
        var lease = Find(request.Lease);
        if (lease?.Granted is { } granted)
        {
            // Only an aggregator that has just begun asks: the one that was granted the commit is gone.
            if (session!.IsIntact(granted))
            {
                Finish(new Committed(request.Lease, granted.Segment.Name));
                return;
            }

            lease = session.Ledger.Withdraw(lease);
        }

        Sender.Tell(lease is null ? new LeaseOver(request.Lease) : Message(lease));
    }

    private void Decide(MayCommit request)
    {
        var lease = Find(request.Lease);
        if (lease is not null)
        {
            session!.Record(session.Ledger.Grant(lease, request.Segment, request.Diverged, request.WallSeconds));
        }

        Sender.Tell(new CommitDecision(request.Lease, lease is not null));
    }

    private void Finish(Committed committed)
    {
        if (Find(committed.Lease) is { Granted: { } granted } lease && granted.Segment.Name == committed.Segment)
        {
            session!.Record(SweepLedger.Commit(granted, setup.At));
            log.Info("lease {0}: {1} committed", lease.Number, committed.Segment);
            workers.Find(lease.Worker)?.Actor.Tell(new LeaseOver(committed.Lease));
            DeriveWhenDone();
            EndStoppingWhenEmpty();
        }

        Sender.Tell(new LeaseOver(committed.Lease));
    }

    // time and death

    private void Look()
    {
        workers.ForgetSilent(setup.Now);
        if (session is null || phase == SweepPhase.Over)
        {
            return;
        }

        foreach (var lease in session.Ledger.Expired(setup.Now).ToList())
        {
            End(lease, FailureKind.Lost, $"worker {lease.Worker} was silent for {setup.Timings.LeaseTime.TotalSeconds:0} s");
        }
    }

    private void Bury(IActorRef gone)
    {
        if (gone.Equals(aggregator))
        {
            aggregator = ActorRefs.Nobody;
            if (phase == SweepPhase.Closing)
            {
                Release();
            }
            else
            {
                log.Warning("the aggregator is gone and will be made anew");
                Timers.StartSingleTimer(nameof(AggregatorMissing), AggregatorMissing.Instance, setup.Timings.RestartAfter);
            }
        }
        else if (workers.Find(gone) is { } worker)
        {
            workers.Forget(worker.Name);
            if (phase != SweepPhase.Over && session?.Ledger.LeaseOf(worker.Name) is { Granted: null } lease)
            {
                End(lease, FailureKind.Lost, $"worker {worker.Name} is gone");
            }
        }
    }

    // ends

    /// <summary>Ends an attempt, unless its segment is in place after all.</summary>
    private void End(Lease lease, FailureKind kind, string reason, Fault? pausing = null)
    {
        session!.Record(lease.Granted is { } granted && session.IsIntact(granted)
            ? SweepLedger.Commit(granted, setup.At)
            : session.Ledger.End(lease, kind, reason, setup.At));
        aggregator.Tell(new LeaseOver(Id(lease)));
        workers.Find(lease.Worker)?.Actor.Tell(new LeaseOver(Id(lease)));
        if (session.Ledger.IsBroken)
        {
            pausing ??= new Fault(
                ExitCode.CircuitBreaker, $"all packs so far failed alike: {reason}", Path.Join(session.Path, "logs"),
                "Mend the cause, then `sweeper run` tries them again.");
        }

        if (pausing is not null && phase == SweepPhase.Active)
        {
            Pause(pausing);
            return;
        }

        OfferToIdle();
        DeriveWhenDone();
        EndStoppingWhenEmpty();
    }

    private void DeriveWhenDone()
    {
        if (!IsGiving || !session!.Ledger.IsDone)
        {
            return;
        }

        phase = SweepPhase.Deriving;
        var deriver = session;
        deriving = Task.Factory.StartNew(deriver.Derive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        deriving.PipeTo(Self, success: () => new DeriveEnded(null), failure: exception => new DeriveEnded(exception));
    }

    private void Pause(Fault fault)
    {
        if (phase is SweepPhase.Closing or SweepPhase.Over)
        {
            return;
        }

        foreach (var lease in session!.Ledger.Leases.Values)
        {
            workers.Find(lease.Worker)?.Actor.Tell(new LeaseOver(Id(lease)));
        }

        Close(new SweepEnding(SweepState.Paused, fault));
    }

    private void EndStoppingWhenEmpty()
    {
        if (phase == SweepPhase.Stopping && session!.Ledger.Leases.Count == 0)
        {
            EndStopping();
        }
    }

    private void EndStopping()
    {
        if (phase == SweepPhase.Stopping)
        {
            Close(ending!);
        }
    }

    private void Close(SweepEnding how)
    {
        phase = SweepPhase.Closing;
        ending = how;
        Timers.Cancel(nameof(GraceOver));
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
                session.Record(lease.Granted is { } granted && session.IsIntact(granted)
                    ? SweepLedger.Commit(granted, setup.At)
                    : session.Ledger.End(lease, FailureKind.Drained, "the sweep was stopped", setup.At));
            }
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            // The disk that stopped the sweep cannot take this either; the next start finds the leases open and ends them.
            log.Warning("leases are left open in the journal: {0}", exception.Message);
        }

        session!.Dispose();
        phase = SweepPhase.Over;
        log.Info("sweep {0}: {1}", session.Plan.Name, ending!.State);
    }

    // words

    private Lease? Find(LeaseId id) =>
        session is not null && phase != SweepPhase.Over && id.Sweep == session.Key ? session.Ledger.Leases.GetValueOrDefault(id.Number) : null;

    private LeaseId Id(Lease lease) => new(session!.Key, lease.Number);

    private PackLease Message(Lease lease)
    {
        var task = session!.Ledger.TaskOf(lease);
        var wanted = Positions.ToBits(task.Wanted, task.Pack.Count);
        return new PackLease(Id(lease), task.Pack, wanted, lease.Attempt, setup.Timings.RenewEvery, AggregatorPath());
    }

    private SweepNeeds Needs() => new(
        new ExperimentVersion(session!.Plan.Experiment.Name, session.Plan.Experiment.Version), session.Ledger.History.Numerics, setup.Version);

    /// <summary>Empty while there is none.</summary>
    private string AggregatorPath() => aggregator.IsNobody() ? "" : Serialization.SerializedActorPath(aggregator);

    private sealed record AggregatorMissing
    {
        public static AggregatorMissing Instance { get; } = new();
    }

    private sealed record DeriveEnded(Exception? Failure);

    private sealed record GraceOver
    {
        public static GraceOver Instance { get; } = new();
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
