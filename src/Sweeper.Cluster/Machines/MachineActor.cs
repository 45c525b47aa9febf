using Akka.Actor;
using Akka.Event;

namespace Sweeper.Cluster.Machines;

/// <summary>The shell of a machine: hands it what comes and does what it asks for.</summary>
internal abstract class MachineActor(TimeProvider clock) : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter log = Context.GetLogger();

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>What decides.</summary>
    protected abstract Machine Machine { get; }

    /// <inheritdoc/>
    protected override void OnReceive(object message) => Feed(message is Terminated gone ? new ActorGone(gone.ActorRef) : message);

    /// <summary>Hands a message over, and does what follows, until something of it says that the rest is off.</summary>
    protected void Feed(object message)
    {
        foreach (var effect in Machine.On(message, Sender, Moment.Of(clock)))
        {
            if (!Perform(effect))
            {
                return;
            }
        }
    }

    /// <summary>Does one thing; false when the rest of the same decision is off.</summary>
    protected virtual bool Perform(Effect effect)
    {
        switch (effect)
        {
            case Effect.Tell told:
                told.To.Tell(told.Message, Self);
                break;
            case Effect.Forward passed:
                passed.To.Tell(passed.Message, passed.Sender);
                break;
            case Effect.Alarm alarm:
                Timers.StartSingleTimer(alarm.Message, alarm.Message, alarm.After);
                break;
            case Effect.Watch watched:
                Context.Watch(watched.Actor);
                break;
            case Effect.Log line:
                log.Log(line.Level, line.Cause, line.Template, line.Values);
                break;
            default:
                throw new InvalidOperationException($"nobody does {effect.GetType().Name}");
        }

        return true;
    }
}
