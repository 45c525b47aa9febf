using Akka.Actor;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The workers that a coordinator has heard of lately.</summary>
internal sealed class WorkerRegister(TimeSpan forgetAfter)
{
    private readonly Dictionary<string, KnownWorker> workers = [];

    /// <summary>All, by name.</summary>
    public IEnumerable<KnownWorker> All => workers.Values.OrderBy(worker => worker.Name, StringComparer.Ordinal);

    /// <summary>By name, or null.</summary>
    public KnownWorker? Find(string name) => workers.GetValueOrDefault(name);

    /// <summary>The worker that is this actor, or null.</summary>
    public KnownWorker? Find(IActorRef actor) => workers.Values.FirstOrDefault(worker => worker.Actor.Equals(actor));

    /// <summary>A worker asks for work.</summary>
    public KnownWorker Heard(WorkerReady ready, IActorRef actor, TimeSpan now) =>
        workers[ready.Worker] = new KnownWorker(ready.Worker, actor, ready, now);

    /// <summary>A worker renews a lease.</summary>
    public void Heard(string name, IActorRef actor, TimeSpan now) =>
        workers[name] = workers.TryGetValue(name, out var known)
            ? known with { Actor = actor, LastHeard = now, Reason = null }
            : new KnownWorker(name, actor, null, now);

    /// <summary>Why a worker has nothing to do, or null when it has.</summary>
    public void Explain(string name, string? reason) => workers[name] = workers[name] with { Reason = reason };

    /// <summary>A worker takes no more packs.</summary>
    public void Retire(string name)
    {
        if (workers.TryGetValue(name, out var known))
        {
            workers[name] = known with { Ready = null };
        }
    }

    /// <summary>A worker is gone.</summary>
    public void Forget(string name) => workers.Remove(name);

    /// <summary>Forgets all that have been silent too long.</summary>
    public void ForgetSilent(TimeSpan now)
    {
        foreach (var worker in workers.Values.Where(worker => now - worker.LastHeard > forgetAfter).ToList())
        {
            workers.Remove(worker.Name);
        }
    }
}

/// <summary>A worker, as last heard.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Actor">Where it is.</param>
/// <param name="Ready">Its last request for work; null when it has only renewed a lease.</param>
/// <param name="LastHeard">When, on the coordinator's monotonic clock.</param>
internal sealed record KnownWorker(string Name, IActorRef Actor, WorkerReady? Ready, TimeSpan LastHeard)
{
    /// <summary>Why it has nothing to do, or null.</summary>
    public string? Reason { get; init; }
}
