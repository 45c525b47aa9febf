using System.Collections.Immutable;
using Akka.Actor;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The workers that a coordinator has heard of lately.</summary>
internal sealed class WorkerRegister(TimeSpan forgetAfter)
{
    private readonly SortedDictionary<string, KnownWorker> workers = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, string> nameOf = [];
    private readonly SortedSet<string> idle = new(StringComparer.Ordinal);

    /// <summary>All, by name.</summary>
    public IEnumerable<KnownWorker> All => workers.Values;

    /// <summary>
    /// Workers that were told that there is nothing for them, by name: a pack that becomes pending is offered to them, and to no others,
    /// however many there are.
    /// </summary>
    public IReadOnlyCollection<string> Idle => idle;

    /// <summary>By name, or null.</summary>
    public KnownWorker? Find(string name) => workers.GetValueOrDefault(name);

    /// <summary>The worker that is this actor, or null.</summary>
    public KnownWorker? Find(IActorRef actor) => nameOf.TryGetValue(actor, out var name) ? workers[name] : null;

    /// <summary>
    /// Whether a later worker came under this one's name: two that both live would take every pack from each other. The later one
    /// stays, because mostly it is the same worker, started again; when it is gone, the earlier one may come back.
    /// </summary>
    public bool IsReplaced(string name, string incarnation) => Find(name)?.Replaced.Contains(incarnation) is true;

    /// <summary>Whether another worker has this one's name now: nothing but a request for work may change that.</summary>
    public bool IsAnother(string name, string incarnation) => Find(name) is { } known && known.Incarnation != incarnation;

    /// <summary>A worker asks for work.</summary>
    public void Heard(WorkerReady ready, IActorRef actor, TimeSpan now)
    {
        var before = Find(ready.Worker);
        Keep(new KnownWorker(ready.Worker, ready.Incarnation, actor, ready, now)
        {
            Replaced = before is null || before.Incarnation == ready.Incarnation
                ? before?.Replaced ?? [] : before.Replaced.Add(before.Incarnation),
        });
    }

    /// <summary>A worker renews a lease.</summary>
    public void Heard(LeaseRenewed renewed, IActorRef actor, TimeSpan now) => Keep(
        workers.TryGetValue(renewed.Worker, out var known)
            ? known with { Actor = actor, LastHeard = now, Reason = null }
            : new KnownWorker(renewed.Worker, renewed.Incarnation, actor, null, now));

    /// <summary>A worker is told why there is nothing for it.</summary>
    public void IsIdle(string name, string reason)
    {
        idle.Add(name);
        Explain(name, reason);
    }

    /// <summary>A worker is being offered, or has a pack.</summary>
    public void IsBusy(string name)
    {
        idle.Remove(name);
        Explain(name, null);
    }

    /// <summary>A worker takes no more packs.</summary>
    public void Retire(string name, string incarnation)
    {
        if (workers.TryGetValue(name, out var known) && known.Incarnation == incarnation)
        {
            workers[name] = known with { Ready = null };
        }
    }

    /// <summary>A worker is gone.</summary>
    public void Forget(string name)
    {
        if (workers.Remove(name, out var known))
        {
            nameOf.Remove(known.Actor);
            idle.Remove(name);
        }
    }

    /// <summary>Forgets all that have been silent too long.</summary>
    public void ForgetSilent(TimeSpan now)
    {
        foreach (var worker in workers.Values.Where(worker => now - worker.LastHeard > forgetAfter).ToList())
        {
            Forget(worker.Name);
        }
    }

    private void Explain(string name, string? reason)
    {
        if (workers.TryGetValue(name, out var known))
        {
            workers[name] = known with { Reason = reason };
        }
    }

    private void Keep(KnownWorker worker)
    {
        if (workers.TryGetValue(worker.Name, out var before))
        {
            nameOf.Remove(before.Actor);
        }

        workers[worker.Name] = worker;
        nameOf[worker.Actor] = worker.Name;
    }
}

/// <summary>A worker, as last heard.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Incarnation">Which of those that came under its name.</param>
/// <param name="Actor">Where it is.</param>
/// <param name="Ready">Its last request for work; null when it has only renewed a lease.</param>
/// <param name="LastHeard">When, on the coordinator's monotonic clock.</param>
internal sealed record KnownWorker(string Name, string Incarnation, IActorRef Actor, WorkerReady? Ready, TimeSpan LastHeard)
{
    /// <summary>Why it has nothing to do, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Those that had its name before it: they stand by while it is known.</summary>
    public ImmutableHashSet<string> Replaced { get; init; } = [];
}
