using Akka.Actor;
using Akka.Event;

namespace Sweeper.Cluster.Machines;

/// <summary>
/// The decisions of an actor, without the actor: (state, message, moment) -> (state, effects). No clock, no file, no thread, no chance:
/// the same messages at the same moments give the same effects. A shell (<see cref="MachineActor"/>) does what it asks for; the simulation
/// of the tests is another one.
/// </summary>
internal abstract class Machine
{
    private readonly List<Effect> effects = [];

    /// <summary>Who sent the message at hand.</summary>
    protected IActorRef Sender { get; private set; } = ActorRefs.Nobody;

    /// <summary>When it came.</summary>
    protected Moment Moment { get; private set; }

    /// <summary>
    /// Takes a message; what is to be done, in order. Where it throws, what was decided before comes with the next message.
    /// </summary>
    public IReadOnlyList<Effect> On(object message, IActorRef sender, Moment moment)
    {
        (Sender, Moment) = (sender, moment);
        Handle(message);
        Effect[] decided = [.. effects];
        effects.Clear();
        return decided;
    }

    /// <summary>Decides: one case for each message.</summary>
    protected abstract void Handle(object message);

    /// <summary>Has something done.</summary>
    protected void Do(Effect effect) => effects.Add(effect);

    /// <summary>Says something.</summary>
    protected void Tell(IActorRef to, object message) => Do(new Effect.Tell(to, message));

    /// <summary>Answers the message at hand.</summary>
    protected void Reply(object message) => Tell(Sender, message);

    /// <summary>Logs.</summary>
    protected void Log(LogLevel level, string template, params object[] values) => Do(new Effect.Log(level, template, values));
}
