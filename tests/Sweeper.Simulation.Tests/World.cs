using Akka.Actor;
using Sweeper.Cluster;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Tests;

/// <summary>
/// One queue of events, one virtual clock, one generator: what happens follows from the seed alone. Messages between processes are
/// lost, doubled and delayed as the faults of the moment say; within a process they arrive in order.
/// </summary>
internal sealed class World(SweepPlan plan, int seed)
{
    private static readonly TimeSpan Local = TimeSpan.FromMicroseconds(10);

    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> queue = new();
    private readonly Dictionary<string, SimulatedRef> addresses = [];
    private readonly HashSet<(SimulatedProcess From, SimulatedProcess To)> cuts = [];
    private readonly Dictionary<long, (PackId Pack, SimulatedProcess Worker)> told = [];
    private long order;

    public SweepPlan Plan => plan;

    public Random Dice { get; } = new(seed);

    public TimeSpan Now { get; private set; }

    public Moment Moment => new(Now, DateTimeOffset.UnixEpoch + Now);

    /// <summary>Of messages between processes.</summary>
    public double Lost { get; set; }

    /// <summary>Of messages between processes.</summary>
    public double Doubled { get; set; }

    /// <summary>Of messages between processes: overtaken by later ones.</summary>
    public double Delayed { get; set; }

    /// <summary>What happened, for whoever replays it; null: nobody listens.</summary>
    public Action<string>? Trace { get; init; }

    public SimulatedRef Address(string name, Func<SimulatedActor?> actor) => addresses[name] = new SimulatedRef(name, actor);

    public IActorRef Find(string name) => addresses.TryGetValue(name, out var there) ? there : ActorRefs.Nobody;

    public void After(TimeSpan time, Action act) => queue.Enqueue(act, (Now + time, order++));

    /// <summary>Between two durations.</summary>
    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + Dice.NextDouble() * (to - from));

    public void Cut(SimulatedProcess from, SimulatedProcess to) => cuts.Add((from, to));

    public void Heal(SimulatedProcess from, SimulatedProcess to) => cuts.Remove((from, to));

    /// <summary>A worker is told of a lease: its number never stood for another one.</summary>
    public void Tell(PackLease lease, IActorRef to)
    {
        if (to is SimulatedRef { Actor.Process: { } worker } && !told.TryAdd(lease.Lease.Number, (lease.Pack.Id, worker))
            && told[lease.Lease.Number] != (lease.Pack.Id, worker))
        {
            throw new InvalidOperationException($"lease {lease.Lease.Number} was given twice");
        }
    }

    /// <summary>Lets time go on until something holds, or for so long.</summary>
    public bool RunUntil(Func<bool> isOver, TimeSpan until)
    {
        while (!isOver())
        {
            if (!queue.TryPeek(out var act, out var key) || key.At > until)
            {
                Now = until;
                return false;
            }

            queue.Dequeue();
            Now = key.At;
            act();
        }

        return true;
    }

    public void Send(SimulatedProcess from, IActorRef to, object message, IActorRef sender)
    {
        if (to is not SimulatedRef { Actor: { } target })
        {
            return;
        }

        if (ReferenceEquals(from, target.Process))
        {
            After(Local, () => target.Deliver(message, sender));
            return;
        }

        if (cuts.Contains((from, target.Process)) || Dice.NextDouble() < Lost)
        {
            return;
        }

        for (var copies = Dice.NextDouble() < Doubled ? 2 : 1; copies > 0; copies--)
        {
            After(Dice.NextDouble() < Delayed ? Between(0, 3) : Between(0.0002, 0.003), () => target.Deliver(message, sender));
        }
    }
}
