using Akka.Event;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// The decisions of a coordinator: it knows the workers, has every sweep run by an actor of its own, and passes on what is said to it
/// about a lease. Sweeps take turns: an idle worker is offered to the next one that has packs. What was submitted and has not ended is
/// kept for the coordinator after this one; clients submit theirs again too.
/// </summary>
/// <param name="catalog">Experiments of this build.</param>
/// <param name="timings">Patience.</param>
internal sealed class CoordinatorMachine(IExperimentCatalog catalog, ClusterTimings timings) : WorkerOffers(timings)
{
    private readonly HashSet<string> cancels = [];

    /// <summary>Folders of sweeps that could not be opened yet.</summary>
    private readonly HashSet<string> waiting = [];

    private TimeSpan tryAgainAt;

    /// <inheritdoc/>
    protected override void Handle(object message)
    {
        switch (message)
        {
            case CoordinatorBegins begins:
                OnCoordinatorBegins(begins);
                break;
            case SubmitSweep submit:
                OnSubmitSweep(submit);
                break;
            case DrainSweep drain:
                OnDrainSweep(drain);
                break;
            case CancelSweep cancel:
                OnCancelSweep(cancel);
                break;
            case GetStatus request:
                OnGetStatus(request);
                break;
            case DrainWorkers drain:
                OnDrainWorkers(drain);
                break;
            case WorkerReady ready:
                OnWorkerReady(ready);
                break;
            case WorkerLeaves leaves:
                Workers.Retire(leaves.Worker, leaves.Incarnation);
                break;
            case LeaseRenewed renewed:
                OnLeaseRenewed(renewed);
                break;
            case ILeaseMessage about:
                OnLeaseMessage(about);
                break;
            case GetSweep request:
                PassOn(Sweeps.Find(request.Sweep), request);
                break;
            case ActorGone gone:
                OnActorGone(gone);
                break;
            case SweepStarted started:
                Sweeps.Find(started.Sweep)!.Actor = started.Actor;
                break;
            case NotKept refused:
                OnNotKept(refused);
                break;
            case SweepOpened opened:
                OnSweepOpened(opened);
                break;
            case SweepNotOpened refused:
                OnSweepNotOpened(refused);
                break;
            case OfferAnswered answered:
                OnOfferAnswered(answered);
                break;
            case WorkerFree free:
                Sweeps.Find(free.Sweep)?.Holders.Remove(free.Worker);
                break;
            case PacksPending pending:
                OnPacksPending(pending);
                break;
            case SweepOver over:
                OnSweepOver(over);
                break;
            case Look:
                OnLook();
                break;
        }
    }

    // clients

    private void OnCoordinatorBegins(CoordinatorBegins begins)
    {
        foreach (var left in begins.Left)
        {
            if (Open(left, isRestored: true) is { } fault)
            {
                Sweeps.SetAside(left);
                Do(new CoordinatorEffect.Say($"{left.Folder} waits: {fault.Problem}"));
            }
        }
    }

    /// <summary>On disk before it is said: whoever is told "accepted" may leave.</summary>
    private void OnSubmitSweep(SubmitSweep submit)
    {
        var id = submit.Sweep.Id;
        if (Sweeps.EndOf(id) is not null || Sweeps.Of(id) is { IsOpen: true })
        {
            Reply(new SweepAccepted(id));
        }
        else if (Sweeps.Of(id) is { } opening)
        {
            opening.Clients.Add((Sender, id));
        }
        else if (Open(submit.Sweep, isRestored: false) is { } fault)
        {
            Reply(new SweepRefused(id, fault));
        }
    }

    /// <summary>Has a sweep taken up; or says why it cannot be.</summary>
    private Fault? Open(Submission submission, bool isRestored)
    {
        SweepPlan plan;
        try
        {
            plan = SweepPlan.Parse(submission.Text, catalog);
        }
        catch (SweepException exception)
        {
            return Fault.From(exception);
        }

        var key = SweepKey.Of(plan, submission.Folder);
        var sweep = Sweeps.Find(key);
        if (sweep is null && Sweeps.All.Any(other => other.Folder == submission.Folder))
        {
            return new Fault(
                ExitCode.Preflight, "the coordinator runs another version of this sweep there", submission.Folder,
                $"`sweeper cancel {plan.Name}` first, or wait for its end.");
        }

        var isNew = sweep is null;
        if (sweep is null)
        {
            Sweeps.Add(sweep = new KnownSweep(key, plan.Name, submission.Folder));
        }

        Sweeps.TakeUp(submission);
        sweep.Submissions.Add(submission);
        if (!isRestored)
        {
            Do(new CoordinatorEffect.Keep(Sweeps.Submissions, submission.Id));
            sweep.Clients.Add((Sender, submission.Id));
        }

        if (isNew)
        {
            Do(new CoordinatorEffect.StartSweep(plan, submission));
        }
        else if (sweep.IsOpen)
        {
            Accept(sweep);
        }

        return null;
    }

    /// <summary>
    /// A disk that refuses is a reason not to begin; that a sweep has ended is found again by whoever reads the queue next.
    /// </summary>
    private void OnNotKept(NotKept refused)
    {
        if (refused.New is not { } submission || Sweeps.Of(submission) is not { } sweep)
        {
            Log(LogLevel.WarningLevel, "the queue still names a sweep that has ended: {Problem}", refused.Fault.Problem);
            return;
        }

        sweep.Clients.RemoveAll(client => client.Submission == submission);
        sweep.Submissions.RemoveAll(one => one.Id == submission);
        if (sweep.Submissions.Count == 0)
        {
            Sweeps.Remove(sweep);
        }

        Reply(new SweepRefused(submission, refused.Fault));
    }

    private void OnSweepOpened(SweepOpened opened)
    {
        if (Sweeps.Find(opened.Sweep) is not { } sweep)
        {
            return;
        }

        sweep.IsOpen = true;
        sweep.Pending = opened.Pending;
        sweep.Holders.UnionWith(opened.Holders);
        if (waiting.Remove(sweep.Folder))
        {
            Do(new CoordinatorEffect.Say($"{sweep.Folder} goes on"));
        }

        Accept(sweep);
        OfferIdle();
    }

    private void Accept(KnownSweep sweep)
    {
        foreach (var (client, submission) in sweep.Clients)
        {
            Tell(client, new SweepAccepted(submission));
        }

        sweep.Clients.Clear();
    }

    private void OnSweepNotOpened(SweepNotOpened refused)
    {
        if (Sweeps.Find(refused.Sweep) is not { } sweep)
        {
            return;
        }

        Sweeps.Remove(sweep);
        foreach (var (client, submission) in sweep.Clients)
        {
            Tell(client, new SweepRefused(submission, refused.Fault));
            sweep.Submissions.RemoveAll(one => one.Id == submission);
        }

        // What was accepted before waits for better times: somebody holds its folder, say.
        foreach (var submission in sweep.Submissions)
        {
            Sweeps.SetAside(submission);
        }

        if (sweep.Submissions.Count > 0 && waiting.Add(sweep.Folder))
        {
            Do(new CoordinatorEffect.Say($"{sweep.Folder} waits: {refused.Fault.Problem}"));
        }

        if (sweep.Clients.Count > 0)
        {
            Do(new CoordinatorEffect.Keep(Sweeps.Submissions, null));
        }
    }

    private void OnSweepOver(SweepOver over)
    {
        if (Sweeps.Find(over.Sweep) is { } sweep)
        {
            Sweeps.End(sweep, over.Status with { Workers = StatusReport.Workers(Seen(), "") });
            Do(new CoordinatorEffect.EndSweep(sweep.Actor));
            Do(new CoordinatorEffect.Keep(Sweeps.Submissions, null));
        }
    }

    private void OnDrainSweep(DrainSweep drain)
    {
        if (Sweeps.Of(drain.Submission) is { } sweep)
        {
            Tell(sweep.Actor, new StopSweep());
        }
        else if (Sweeps.EndOf(drain.Submission) is null)
        {
            Reply(new SweepUnknown(drain.Submission));
        }
    }

    private void OnCancelSweep(CancelSweep cancel)
    {
        var sweep = Sweeps.All.FirstOrDefault(open => open.Folder == cancel.Folder);
        if (sweep is not null)
        {
            cancels.Add(cancel.Id);
            Tell(sweep.Actor, new StopSweep());
        }

        Reply(new SweepCancelled(cancel.Id, sweep is not null, cancels.Contains(cancel.Id)));
    }

    private void OnGetStatus(GetStatus request)
    {
        if (Sweeps.Of(request.Submission) is { } sweep)
        {
            PassOn(sweep, new ReportSweep(request.Submission, Seen()));
        }
        else
        {
            Reply(Sweeps.EndOf(request.Submission) ?? (ISweeperMessage)new SweepUnknown(request.Submission));
        }
    }

    private void OnDrainWorkers(DrainWorkers drain)
    {
        var named = drain.Names.IsEmpty ? [.. Workers.All] : drain.Names.Select(Workers.Find).OfType<KnownWorker>().ToList();
        foreach (var worker in named.Count < drain.Names.Length ? [] : named)
        {
            Tell(worker.Actor, new Dismissed());
        }

        Reply(new WorkersThere([.. Workers.All.Select(worker => worker.Name)]));
    }

    // leases

    private void OnLeaseRenewed(LeaseRenewed renewed)
    {
        if (Workers.IsAnother(renewed.Worker, renewed.Incarnation))
        {
            Reply(new LeaseOver(renewed.Lease));
            return;
        }

        Do(new Effect.Watch(Sender));
        Workers.Heard(renewed, Sender, Moment.Now);
        if (Sweeps.Find(renewed.Lease.Sweep) is { } sweep)
        {
            PassOn(sweep, renewed);
        }
        else if (Sweeps.All.Count > 0)
        {
            Reply(new LeaseOver(renewed.Lease));
        }

        // With no sweep at all, after a restart, its own may be about to be submitted again: silence keeps the worker going.
    }

    private void OnLeaseMessage(ILeaseMessage about)
    {
        if (Sweeps.Find(about.Lease.Sweep) is { } sweep)
        {
            PassOn(sweep, about);
        }
        else
        {
            Reply(new LeaseOver(about.Lease));
        }
    }

    private void PassOn(KnownSweep? sweep, object message)
    {
        if (sweep is not null)
        {
            Do(new Effect.Forward(sweep.Actor, message, Sender));
        }
    }

    // time and death

    private void OnLook()
    {
        Workers.ForgetSilent(Moment.Now);
        if (Moment.Now < tryAgainAt)
        {
            return;
        }

        tryAgainAt = Moment.Now + Timings.TryAgainEvery;
        foreach (var aside in Sweeps.Aside)
        {
            // Where it says why not, that was said before.
            Open(aside, isRestored: true);
        }
    }

    private void OnActorGone(ActorGone gone)
    {
        if (Sweeps.All.FirstOrDefault(sweep => sweep.Actor.Equals(gone.Actor)) is { } fallen)
        {
            // It threw: nothing is lost but its memory.
            Sweeps.Remove(fallen);
            foreach (var submission in fallen.Submissions)
            {
                Sweeps.SetAside(submission);
            }

            tryAgainAt = Moment.Now;
        }
        else if (Workers.Find(gone.Actor) is { } worker)
        {
            Workers.Forget(worker.Name);
            foreach (var sweep in Sweeps.All.Where(one => one.Holders.Contains(worker.Name) || one.Offered.Contains(worker.Name)))
            {
                Tell(sweep.Actor, new WorkerGone(worker.Name, Moment.Now));
            }
        }
    }
}
