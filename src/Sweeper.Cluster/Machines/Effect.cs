using Akka.Actor;
using Akka.Event;

namespace Sweeper.Cluster.Machines;

/// <summary>Something that a <see cref="Machine"/> wants done. Only its shell does it.</summary>
internal abstract record Effect
{
    /// <summary>Says something to an actor.</summary>
    public sealed record Tell(IActorRef To, object Message) : Effect;

    /// <summary>Passes on what somebody said: an answer goes to them.</summary>
    public sealed record Forward(IActorRef To, object Message, IActorRef Sender) : Effect;

    /// <summary>Has something told to the machine itself, later; an equal message that is under way is replaced.</summary>
    public sealed record Alarm(object Message, TimeSpan After) : Effect;

    /// <summary>Has the machine told when an actor is gone (<see cref="ActorGone"/>).</summary>
    public sealed record Watch(IActorRef Actor) : Effect;

    /// <summary>A line for the log.</summary>
    public sealed record Log(LogLevel Level, string Template, params object[] Values) : Effect
    {
        /// <summary>What threw, or null.</summary>
        public Exception? Cause { get; init; }
    }
}

/// <summary>An actor that was watched is gone.</summary>
internal sealed record ActorGone(IActorRef Actor);
