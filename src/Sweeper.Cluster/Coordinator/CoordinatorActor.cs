using Akka.Actor;
using Akka.Event;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Gives packs to workers and decides what is committed. A shell: it knows who is there and which sweeps are open, and
/// hands every message to the <see cref="SweepHost"/> it is about. Sweeps take turns: an idle worker gets a pack of the next
/// one that has some. What was submitted and has not ended survives it in its <see cref="ISubmissionStore"/>; clients
/// submit theirs again too.
/// </summary>
internal sealed class CoordinatorActor : ReceiveActor, IWithTimers
{
    private readonly CoordinatorSetup setup;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly WorkerRegister workers;
    private readonly SweepQueue queue = new();
    private readonly HashSet<string> cancels = [];
    private TimeSpan tryAgainAt;
    private TimeSpan lookedAt;

    public CoordinatorActor(CoordinatorSetup setup)
    {
        this.setup = setup;
        workers = new WorkerRegister(setup.Timings.LeaseTime);
        Receive<SubmitSweep>(Submit);
        Receive<DrainSweep>(drain => Stop(drain.Submission));
        Receive<CancelSweep>(Cancel);
        Receive<DrainWorkers>(Dismiss);
        Receive<GetStatus>(request => Sender.Tell(Report(request.Submission)));
        Receive<WorkerReady>(Welcome);
        Receive<WorkerLeaves>(leaves => workers.Retire(leaves.Worker, leaves.Incarnation));
        Receive<LeaseRenewed>(Renew);
        Receive<GetSweep>(SendText);
        Receive<PackFailed>(failed =>
        {
            Sender.Tell(new LeaseOver(failed.Lease));
            With(failed.Lease.Sweep, host => host.Fail(failed));
        });
        Receive<DescribeLease>(request => Answer(request.Lease.Sweep, host => host.Describe(request.Lease), new LeaseOver(request.Lease)));
        Receive<MayCommit>(request => Answer(
            request.Lease.Sweep, host => new CommitDecision(request.Lease, host.Decide(request)), new CommitDecision(request.Lease, false)));
        Receive<Committed>(committed =>
        {
            // Noted first: a worker that leaves when it hears this has left all it did behind.
            With(committed.Lease.Sweep, host => host.Finish(committed));
            Sender.Tell(new LeaseOver(committed.Lease));
        });
        Receive<Terminated>(gone => Bury(gone.ActorRef));
        Receive<DeriveEnded>(ended => With(ended.Sweep, host => host.EndDeriving(ended.Failure)));
        Receive<SweepAlarm>(alarm => With(alarm.Sweep, host => host.Wake(alarm.Kind)));
        Receive<Look>(_ => LookAround());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        lookedAt = setup.Now;
        setup.Begun(Context.Parent);
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, setup.Timings.AskEvery);
        foreach (var left in setup.Submissions.Load())
        {
            if (TryOpen(left) is { } fault)
            {
                queue.SetAside(left);
                setup.Say($"{left.Folder} waits: {fault.Problem}");
            }
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => Restarting.NeverInPlace;

    /// <summary>Children (aggregators) have ended before this runs.</summary>
    protected override void PostStop()
    {
        foreach (var host in queue.Open)
        {
            host.Abandon();
        }
    }

    private static void With(SweepHost? host, Action<SweepHost> act) => host?.Guard(() => act(host));

    private void With(string sweep, Action<SweepHost> act) => With(queue.Find(sweep), act);

    /// <summary>Answers the sender, once what it is told is on disk.</summary>
    private void Answer(string sweep, Func<SweepHost, ISweeperMessage> ask, ISweeperMessage otherwise)
    {
        if (queue.Find(sweep) is { } host)
        {
            With(host, one => one.Tell(Sender, ask(one)));
        }
        else
        {
            Sender.Tell(otherwise);
        }
    }

    // clients

    private void Submit(SubmitSweep submit)
    {
        var (id, fault) = (submit.Sweep.Id, queue.Knows(submit.Sweep.Id) ? null : Accept(submit.Sweep));
        Sender.Tell(fault is null ? new SweepAccepted(id) : new SweepRefused(id, fault));
    }

    /// <summary>On disk before it is said: whoever is told "accepted" may leave. Says why it cannot be taken.</summary>
    private Fault? Accept(Submission submission)
    {
        try
        {
            setup.Submissions.Save([.. queue.Submissions, submission]);
            var fault = TryOpen(submission);
            if (fault is not null)
            {
                setup.Submissions.Save(queue.Submissions);
            }

            return fault;
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            return Fault.From(exception);
        }
    }

    /// <summary>Takes a sweep up; or says why it cannot be.</summary>
    private Fault? TryOpen(Submission submission)
    {
        try
        {
            var plan = SweepPlan.Parse(submission.Text, setup.Catalog);
            if (queue.Find(SweepKey.Of(plan, submission.Folder)) is { } open)
            {
                queue.Join(submission, open);
                return null;
            }

            if (queue.Open.Any(other => other.Session.Path == submission.Folder))
            {
                return new Fault(
                    ExitCode.Preflight, "the coordinator runs another version of this sweep there", submission.Folder, $"`sweeper cancel {plan.Name}` first, or wait for its end.");
            }

            var host = new SweepHost(SweepSession.Open(plan, submission.Scope, submission.Folder, setup, submission.Rules), setup, workers, Context, log)
            {
                Schedule = (alarm, after) => Timers.StartSingleTimer(alarm, alarm, after),
                Offer = OfferToIdle,
                Released = Close,
            };
            queue.Add(submission, host);
            host.Guard(host.Start);
            return null;
        }
        catch (Exception exception)
        {
            if (!queue.Aside.Contains(submission))
            {
                log.Error(exception, "a sweep was refused");
            }

            return Fault.From(exception);
        }
    }

    private void Close(SweepHost host)
    {
        queue.Close(host);
        try
        {
            setup.Submissions.Save(queue.Submissions);
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            // The disk that stopped it, perhaps. Whoever reads the queue next takes up a sweep too many, and finds where it stands.
            log.Warning("the queue still names a sweep that has ended: {Problem}", exception.Message);
        }
    }

    private void Stop(string submission)
    {
        if (!queue.Knows(submission))
        {
            Sender.Tell(new SweepUnknown(submission));
        }

        With(queue.Of(submission), host => host.Stop());
    }

    private void Cancel(CancelSweep cancel)
    {
        var host = queue.Open.FirstOrDefault(open => open.Session.Path == cancel.Folder);
        if (host is not null)
        {
            cancels.Add(cancel.Id);
            With(host, open => open.Stop());
        }

        Sender.Tell(new SweepCancelled(cancel.Id, host is not null, cancels.Contains(cancel.Id)));
    }

    private ISweeperMessage Report(string submission) =>
        queue.Of(submission)?.Report(submission, TrainedBy) ?? queue.EndOf(submission) ?? (ISweeperMessage)new SweepUnknown(submission);

    // workers

    private void Welcome(WorkerReady ready)
    {
        if (workers.IsReplaced(ready.Worker, ready.Incarnation))
        {
            Sender.Tell(new NothingNow($"another worker came under the name '{ready.Worker}': give each a --name of its own"));
            return;
        }

        workers.Heard(ready, Context.Watch(Sender), setup.Now);
        if (queue.HeldBy(ready.Worker) is ({ } host, { } lease))
        {
            With(host, one => one.Repeat(lease, ready));
        }

        if (queue.HeldBy(ready.Worker) is null)
        {
            Offer(ready.Worker);
        }
    }

    private void Dismiss(DrainWorkers drain)
    {
        var named = drain.Names.IsEmpty ? [.. workers.All] : drain.Names.Select(workers.Find).OfType<KnownWorker>().ToList();
        foreach (var worker in named.Count < drain.Names.Length ? [] : named)
        {
            worker.Actor.Tell(new Dismissed());
        }

        Sender.Tell(new WorkersThere([.. workers.All.Select(worker => worker.Name)]));
    }

    private void Renew(LeaseRenewed renewed)
    {
        if (workers.IsReplaced(renewed.Worker, renewed.Incarnation))
        {
            Sender.Tell(new LeaseOver(renewed.Lease));
            return;
        }

        workers.Heard(renewed.Worker, Context.Watch(Sender), setup.Now);
        if (queue.Find(renewed.Lease.Sweep) is { } host)
        {
            Sender.Tell(host.Renew(renewed));
        }
        else if (queue.Open.Any())
        {
            Sender.Tell(new LeaseOver(renewed.Lease));
        }

        // With no sweep at all, after a restart, its own may be about to be submitted again: silence keeps the worker going.
    }

    private void SendText(GetSweep request)
    {
        if (queue.Find(request.Sweep)?.Session is { } session)
        {
            Sender.Tell(new SweepText(session.Key, session.Plan.ResolvedText));
        }
    }

    /// <summary>Gives a worker a pack of the next sweep that has one for it, or says why there is none.</summary>
    private void Offer(string name)
    {
        if (workers.Find(name) is not { Ready: { } ready } worker)
        {
            return;
        }

        var refusal = queue.Open.Any() ? "no pack is pending" : "no sweep is running";
        foreach (var host in queue.InTurn().Where(host => host.HasPending))
        {
            if (LeasePolicy.Refusal(ready, host.Session.Needs) is { } reason)
            {
                refusal = reason;
                continue;
            }

            With(host, one => one.Give(ready));
            if (host.Session.Ledger.LeaseOf(name) is not null)
            {
                queue.Served(host);
                workers.Explain(name, null);
                workers.IsBusy(name);
                return;
            }
        }

        workers.Explain(name, refusal);
        worker.Actor.Tell(new NothingNow(refusal));
    }

    /// <summary>Something is pending: whoever has nothing is offered it without asking again.</summary>
    private void OfferToIdle()
    {
        foreach (var name in workers.PerhapsIdle.ToList())
        {
            if (queue.HeldBy(name) is not null)
            {
                workers.IsBusy(name);
            }
            else if (queue.Open.Any(host => host.HasPending))
            {
                Offer(name);
            }
        }
    }

    private string? TrainedBy(string worker) => queue.HeldBy(worker)?.Host.Session.Plan.Name;

    // time and death

    private void LookAround()
    {
        var missed = setup.Timings.Missed(setup.Now - lookedAt);
        lookedAt = setup.Now;
        workers.ForgetSilent(setup.Now);
        TryAgain();
        foreach (var host in queue.Open.ToList())
        {
            host.Session.Ledger.Excuse(missed);
            With(host, one => one.Expire());
        }
    }

    /// <summary>What could not be opened at the start, because somebody held its folder, say.</summary>
    private void TryAgain()
    {
        if (setup.Now < tryAgainAt)
        {
            return;
        }

        tryAgainAt = setup.Now + setup.Timings.TryAgainEvery;
        foreach (var waiting in queue.Aside)
        {
            if (TryOpen(waiting) is null)
            {
                setup.Say($"{waiting.Folder} goes on");
            }
        }
    }

    private void Bury(IActorRef gone)
    {
        if (queue.Open.FirstOrDefault(host => host.IsServedBy(gone)) is { } served)
        {
            With(served, host => host.Bury());
        }
        else if (workers.Find(gone) is { } worker)
        {
            workers.Forget(worker.Name);
            With(queue.HeldBy(worker.Name)?.Host, host => host.ExpectBack(worker.Name));
        }
    }

    private sealed record Look
    {
        public static Look Instance { get; } = new();
    }
}
