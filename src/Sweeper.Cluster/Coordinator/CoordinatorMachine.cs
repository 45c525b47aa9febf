using System.Collections.Immutable;
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
internal sealed class CoordinatorMachine(IExperimentCatalog catalog, ClusterTimings timings) : Machine
{
    private static readonly ImmutableHashSet<string> None = [];

    private readonly WorkerRegister workers = new(timings.LeaseTime);
    private readonly SweepDirectory sweeps = new();
    private readonly HashSet<string> cancels = [];

    /// <summary>Folders of sweeps that could not be opened yet.</summary>
    private readonly HashSet<string> waiting = [];

    /// <summary>By worker: the sweeps that have refused it since it asked, and why.</summary>
    private readonly Dictionary<string, (ImmutableHashSet<string> Sweeps, string? Reason)> refusals = [];

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
                workers.Retire(leaves.Worker, leaves.Incarnation);
                break;
            case LeaseRenewed renewed:
                OnLeaseRenewed(renewed);
                break;
            case ILeaseMessage about:
                OnLeaseMessage(about);
                break;
            case GetSweep request:
                PassOn(sweeps.Find(request.Sweep), request);
                break;
            case ActorGone gone:
                OnActorGone(gone);
                break;
            case SweepStarted started:
                sweeps.Find(started.Sweep)!.Actor = started.Actor;
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
                sweeps.Find(free.Sweep)?.Holders.Remove(free.Worker);
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
                sweeps.SetAside(left);
                Do(new CoordinatorEffect.Say($"{left.Folder} waits: {fault.Problem}"));
            }
        }
    }

    /// <summary>On disk before it is said: whoever is told "accepted" may leave.</summary>
    private void OnSubmitSweep(SubmitSweep submit)
    {
        var id = submit.Sweep.Id;
        if (sweeps.EndOf(id) is not null || sweeps.Of(id) is { IsOpen: true })
        {
            Reply(new SweepAccepted(id));
        }
        else if (sweeps.Of(id) is { } opening)
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
        var sweep = sweeps.Find(key);
        if (sweep is null && sweeps.All.Any(other => other.Folder == submission.Folder))
        {
            return new Fault(
                ExitCode.Preflight, "the coordinator runs another version of this sweep there", submission.Folder,
                $"`sweeper cancel {plan.Name}` first, or wait for its end.");
        }

        var isNew = sweep is null;
        if (sweep is null)
        {
            sweeps.Add(sweep = new KnownSweep(key, plan.Name, submission.Folder));
        }

        sweeps.TakeUp(submission);
        sweep.Submissions.Add(submission);
        if (!isRestored)
        {
            Do(new CoordinatorEffect.Keep(sweeps.Submissions, submission.Id));
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
        if (refused.New is not { } submission || sweeps.Of(submission) is not { } sweep)
        {
            Log(LogLevel.WarningLevel, "the queue still names a sweep that has ended: {Problem}", refused.Fault.Problem);
            return;
        }

        sweep.Clients.RemoveAll(client => client.Submission == submission);
        sweep.Submissions.RemoveAll(one => one.Id == submission);
        if (sweep.Submissions.Count == 0)
        {
            sweeps.Remove(sweep);
        }

        Reply(new SweepRefused(submission, refused.Fault));
    }

    private void OnSweepOpened(SweepOpened opened)
    {
        if (sweeps.Find(opened.Sweep) is not { } sweep)
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
        if (sweeps.Find(refused.Sweep) is not { } sweep)
        {
            return;
        }

        sweeps.Remove(sweep);
        foreach (var (client, submission) in sweep.Clients)
        {
            Tell(client, new SweepRefused(submission, refused.Fault));
            sweep.Submissions.RemoveAll(one => one.Id == submission);
        }

        // What was accepted before waits for better times: somebody holds its folder, say.
        foreach (var submission in sweep.Submissions)
        {
            sweeps.SetAside(submission);
        }

        if (sweep.Submissions.Count > 0 && waiting.Add(sweep.Folder))
        {
            Do(new CoordinatorEffect.Say($"{sweep.Folder} waits: {refused.Fault.Problem}"));
        }

        if (sweep.Clients.Count > 0)
        {
            Do(new CoordinatorEffect.Keep(sweeps.Submissions, null));
        }
    }

    private void OnSweepOver(SweepOver over)
    {
        if (sweeps.Find(over.Sweep) is { } sweep)
        {
            sweeps.End(sweep, over.Status with { Workers = StatusReport.Workers(Seen(), "") });
            Do(new CoordinatorEffect.EndSweep(sweep.Actor));
            Do(new CoordinatorEffect.Keep(sweeps.Submissions, null));
        }
    }

    private void OnDrainSweep(DrainSweep drain)
    {
        if (sweeps.Of(drain.Submission) is { } sweep)
        {
            Tell(sweep.Actor, new StopSweep());
        }
        else if (sweeps.EndOf(drain.Submission) is null)
        {
            Reply(new SweepUnknown(drain.Submission));
        }
    }

    private void OnCancelSweep(CancelSweep cancel)
    {
        var sweep = sweeps.All.FirstOrDefault(open => open.Folder == cancel.Folder);
        if (sweep is not null)
        {
            cancels.Add(cancel.Id);
            Tell(sweep.Actor, new StopSweep());
        }

        Reply(new SweepCancelled(cancel.Id, sweep is not null, cancels.Contains(cancel.Id)));
    }

    private void OnGetStatus(GetStatus request)
    {
        if (sweeps.Of(request.Submission) is { } sweep)
        {
            PassOn(sweep, new ReportSweep(request.Submission, Seen()));
        }
        else
        {
            Reply(sweeps.EndOf(request.Submission) ?? (ISweeperMessage)new SweepUnknown(request.Submission));
        }
    }

    private ImmutableArray<WorkerSeen> Seen() =>
        [.. workers.All.Select(worker => new WorkerSeen(worker.Name, worker.Ready?.Device ?? "", worker.Reason, TrainedBy(worker.Name)))];

    private string? TrainedBy(string worker) => sweeps.All.FirstOrDefault(sweep => sweep.Holders.Contains(worker))?.Name;

    private void OnDrainWorkers(DrainWorkers drain)
    {
        var named = drain.Names.IsEmpty ? [.. workers.All] : drain.Names.Select(workers.Find).OfType<KnownWorker>().ToList();
        foreach (var worker in named.Count < drain.Names.Length ? [] : named)
        {
            Tell(worker.Actor, new Dismissed());
        }

        Reply(new WorkersThere([.. workers.All.Select(worker => worker.Name)]));
    }

    // workers

    private void OnWorkerReady(WorkerReady ready)
    {
        if (workers.IsReplaced(ready.Worker, ready.Incarnation))
        {
            Reply(new NothingNow($"another worker came under the name '{ready.Worker}': give each a --name of its own"));
            return;
        }

        Do(new Effect.Watch(Sender));
        workers.Heard(ready, Sender, Moment.Now);
        refusals.Remove(ready.Worker);
        if (sweeps.With(ready.Worker) is not { } sweep)
        {
            Offer(ready.Worker);
        }
        else if (sweep.Holders.Contains(ready.Worker))
        {
            // It has not heard of its pack, or has begun anew: the sweep knows.
            Tell(sweep.Actor, new OfferWorker(ready, Sender));
        }
    }

    /// <summary>Offers a worker to the next sweep that has packs and has not refused it, or says why there is none.</summary>
    private void Offer(string name)
    {
        if (workers.Find(name) is not { Ready: { } ready } worker)
        {
            return;
        }

        var (refused, reason) = refusals.GetValueOrDefault(name, (None, null));
        if (sweeps.Next(refused) is { } sweep)
        {
            sweep.Offered.Add(name);
            workers.IsBusy(name);
            Tell(sweep.Actor, new OfferWorker(ready, worker.Actor));
            return;
        }

        reason ??= sweeps.All.Any(open => open.IsOpen) ? "no pack is pending" : "no sweep is running";
        workers.IsIdle(name, reason);
        Tell(worker.Actor, new NothingNow(reason));
    }

    private void OnOfferAnswered(OfferAnswered answered)
    {
        if (sweeps.Find(answered.Sweep) is not { } sweep)
        {
            return;
        }

        sweep.Offered.Remove(answered.Worker);
        sweep.Pending = answered.Pending;
        if (answered.Refusal is null)
        {
            sweep.Holders.Add(answered.Worker);
            workers.IsBusy(answered.Worker);
            return;
        }

        sweep.Holders.Remove(answered.Worker);
        var (refused, reason) = refusals.GetValueOrDefault(answered.Worker, (None, null));
        refusals[answered.Worker] = (refused.Add(sweep.Key), answered.Pending > 0 ? answered.Refusal : reason);
        Offer(answered.Worker);
    }

    private void OnPacksPending(PacksPending pending)
    {
        if (sweeps.Find(pending.Sweep) is { } sweep)
        {
            sweep.Pending = pending.Packs;
            OfferIdle();
        }
    }

    /// <summary>Something is pending: whoever has nothing is offered without asking again.</summary>
    private void OfferIdle()
    {
        foreach (var name in workers.Idle.ToList())
        {
            if (!sweeps.All.Any(sweep => sweep.HasPacks))
            {
                return;
            }

            refusals.Remove(name);
            Offer(name);
        }
    }

    private void OnLeaseRenewed(LeaseRenewed renewed)
    {
        if (workers.IsReplaced(renewed.Worker, renewed.Incarnation))
        {
            Reply(new LeaseOver(renewed.Lease));
            return;
        }

        Do(new Effect.Watch(Sender));
        workers.Heard(renewed.Worker, Sender, Moment.Now);
        if (sweeps.Find(renewed.Lease.Sweep) is { } sweep)
        {
            PassOn(sweep, renewed);
        }
        else if (sweeps.All.Count > 0)
        {
            Reply(new LeaseOver(renewed.Lease));
        }

        // With no sweep at all, after a restart, its own may be about to be submitted again: silence keeps the worker going.
    }

    private void OnLeaseMessage(ILeaseMessage about)
    {
        if (sweeps.Find(about.Lease.Sweep) is { } sweep)
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
        workers.ForgetSilent(Moment.Now);
        if (Moment.Now < tryAgainAt)
        {
            return;
        }

        tryAgainAt = Moment.Now + timings.TryAgainEvery;
        foreach (var aside in sweeps.Aside)
        {
            // Where it says why not, that was said before.
            Open(aside, isRestored: true);
        }
    }

    private void OnActorGone(ActorGone gone)
    {
        if (sweeps.All.FirstOrDefault(sweep => sweep.Actor.Equals(gone.Actor)) is { } fallen)
        {
            // It threw: nothing is lost but its memory.
            sweeps.Remove(fallen);
            foreach (var submission in fallen.Submissions)
            {
                sweeps.SetAside(submission);
            }

            tryAgainAt = Moment.Now;
        }
        else if (workers.Find(gone.Actor) is { } worker)
        {
            workers.Forget(worker.Name);
            foreach (var sweep in sweeps.All.Where(sweep => sweep.Holders.Contains(worker.Name) || sweep.Offered.Contains(worker.Name)))
            {
                Tell(sweep.Actor, new WorkerGone(worker.Name));
            }
        }
    }
}
