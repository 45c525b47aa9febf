using Akka.Actor;
using Sweeper.Cluster.Machines;

namespace Sweeper.Simulation.Tests;

/// <summary>The simulation's shell of a machine.</summary>
internal abstract class SimulatedActor
{
    private readonly List<IActorRef> watchers = [];
    private readonly Dictionary<object, object> alarms = [];
    private IActorRef sender = ActorRefs.Nobody;

    protected SimulatedActor(World world, SimulatedProcess process, string name)
    {
        (World, Process) = (world, process);
        Self = world.Address(name, () => this);
        process.Add(this);
    }

    public World World { get; }

    public SimulatedProcess Process { get; }

    public SimulatedRef Self { get; }

    public bool IsStopped { get; private set; }

    /// <summary>It waits for a disk until then.</summary>
    protected TimeSpan BusyUntil { get; set; }

    protected abstract Machine Machine { get; }

    /// <summary>A message has arrived; it is handled once the process is awake and the actor not busy.</summary>
    public void Deliver(object message, IActorRef from)
    {
        if (IsStopped || !Process.IsAlive)
        {
            return;
        }

        var free = BusyUntil > Process.SleepsUntil ? BusyUntil : Process.SleepsUntil;
        if (free > World.Now)
        {
            World.After(free - World.Now, () => Deliver(message, from));
            return;
        }

        sender = from;
        OnReceive(message);
    }

    /// <summary>Its process is gone.</summary>
    public virtual void Crash() => Stop(World.Between(0.5, 5));

    /// <summary>Ends; who watches it hears of it some time later.</summary>
    public virtual void Stop(TimeSpan until)
    {
        if (IsStopped)
        {
            return;
        }

        IsStopped = true;
        foreach (var watcher in watchers)
        {
            World.After(until, () => (watcher as SimulatedRef)?.Actor?.Deliver(new ActorGone(Self), ActorRefs.Nobody));
        }
    }

    protected virtual void OnReceive(object message) => Feed(message);

    protected void Feed(object message)
    {
        World.Trace?.Invoke($"{World.Now.TotalSeconds:0.000} {Self.Name} <- {message}");
        foreach (var effect in Machine.On(message, sender, World.Moment))
        {
            if (!Perform(effect))
            {
                return;
            }
        }
    }

    /// <summary>Tells itself something again and again.</summary>
    protected void Every(TimeSpan time, object message) => World.After(time, () =>
    {
        if (!IsStopped && Process.IsAlive)
        {
            Deliver(message, Self);
            Every(time, message);
        }
    });

    protected virtual bool Perform(Effect effect)
    {
        switch (effect)
        {
            case Effect.Tell told:
                World.Send(Process, told.To, told.Message, Self);
                break;
            case Effect.Forward passed:
                World.Send(Process, passed.To, passed.Message, passed.Sender);
                break;
            case Effect.Alarm alarm:
                var token = alarms[alarm.Message] = new object();
                World.After(alarm.After, () =>
                {
                    if (alarms.GetValueOrDefault(alarm.Message) == token)
                    {
                        Deliver(alarm.Message, Self);
                    }
                });
                break;
            case Effect.Watch watched when watched.Actor is SimulatedRef { Actor: { } actor } && !actor.watchers.Contains(Self):
                actor.watchers.Add(Self);
                break;
        }

        return true;
    }
}
