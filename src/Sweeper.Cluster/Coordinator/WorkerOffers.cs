using System.Collections.Immutable;
using Sweeper.Cluster.Machines;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// How idle workers and sweeps with packs find each other: sweeps take turns, and are offered no more workers than they have packs.
/// </summary>
/// <param name="timings">Patience.</param>
internal abstract class WorkerOffers(ClusterTimings timings) : Machine
{
    private static readonly ImmutableHashSet<string> None = [];

    /// <summary>By worker: the sweeps that have refused it since it asked, and why.</summary>
    private readonly Dictionary<string, (ImmutableHashSet<string> Sweeps, string? Reason)> refusals = [];

    /// <summary>Patience.</summary>
    protected ClusterTimings Timings => timings;

    /// <summary>Who is there.</summary>
    protected WorkerRegister Workers { get; } = new(timings.LeaseTime);

    /// <summary>What they can work for.</summary>
    protected SweepDirectory Sweeps { get; } = new();

    /// <summary>A worker without a pack asks for one.</summary>
    protected void OnWorkerReady(WorkerReady ready)
    {
        if (Workers.IsReplaced(ready.Worker, ready.Incarnation))
        {
            Reply(new NothingNow(
                $"another worker came under the name '{ready.Worker}', and this one waits until that one is gone: "
                + "give each a --name of its own"));
            return;
        }

        Do(new Effect.Watch(Sender));
        Workers.Heard(ready, Sender, Moment.Now);
        refusals.Remove(ready.Worker);
        if (Sweeps.With(ready.Worker) is not { } sweep)
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
        if (Workers.Find(name) is not { Ready: { } ready } worker)
        {
            return;
        }

        var (refused, reason) = refusals.GetValueOrDefault(name, (None, null));
        if (Sweeps.Next(refused) is { } sweep)
        {
            sweep.Offered.Add(name);
            Workers.IsBusy(name);
            Tell(sweep.Actor, new OfferWorker(ready, worker.Actor));
            return;
        }

        reason ??= Sweeps.All.Any(open => open.IsOpen) ? "no pack is pending" : "no sweep is running";
        Workers.IsIdle(name, reason);
        Tell(worker.Actor, new NothingNow(reason));
    }

    /// <summary>A sweep has given a worker a pack, or has none for it: then the next one is asked.</summary>
    protected void OnOfferAnswered(OfferAnswered answered)
    {
        if (Sweeps.Find(answered.Sweep) is not { } sweep)
        {
            return;
        }

        sweep.Offered.Remove(answered.Worker);
        sweep.Pending = answered.Pending;
        if (answered.Refusal is null)
        {
            sweep.Holders.Add(answered.Worker);
            Workers.IsBusy(answered.Worker);
            return;
        }

        sweep.Holders.Remove(answered.Worker);
        var (refused, reason) = refusals.GetValueOrDefault(answered.Worker, (None, null));
        refusals[answered.Worker] = (refused.Add(sweep.Key), answered.Pending > 0 ? answered.Refusal : reason);
        Offer(answered.Worker);
    }

    /// <summary>A sweep has more packs, or fewer, than it had.</summary>
    protected void OnPacksPending(PacksPending pending)
    {
        if (Sweeps.Find(pending.Sweep) is { } sweep)
        {
            sweep.Pending = pending.Packs;
            OfferIdle();
        }
    }

    /// <summary>Something is pending: whoever has nothing is offered without asking again.</summary>
    protected void OfferIdle()
    {
        foreach (var name in Workers.Idle.ToList())
        {
            if (!Sweeps.All.Any(sweep => sweep.HasPacks))
            {
                return;
            }

            refusals.Remove(name);
            Offer(name);
        }
    }

    /// <summary>Who is there, and what they do.</summary>
    protected ImmutableArray<WorkerSeen> Seen() =>
        [.. Workers.All.Select(worker => new WorkerSeen(worker.Name, worker.Ready?.Device ?? "", worker.Reason, TrainedBy(worker.Name)))];

    private string? TrainedBy(string worker) => Sweeps.All.FirstOrDefault(sweep => sweep.Holders.Contains(worker))?.Name;
}
