using Akka.Actor;
using Akka.Event;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Aggregator;

/// <summary>The shell of an <see cref="AggregatorMachine"/>: holds the staged files.</summary>
internal sealed class AggregatorActor(IActorRef sweep, SweepPlan plan, ISegmentStore store, ClusterTimings timings)
    : MachineActor(TimeProvider.System)
{
    private readonly DraftShelf drafts = new(plan, store);

    /// <inheritdoc/>
    protected override Machine Machine { get; } = new AggregatorMachine(sweep);

    public static Props Props(IActorRef sweep, SweepPlan plan, ISegmentStore store, ClusterTimings timings) =>
        Akka.Actor.Props.Create(() => new AggregatorActor(sweep, plan, store, timings)).WithDispatcher(Restarting.BlockingDispatcher);

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Look), Look.Instance, timings.AskEvery);

    /// <inheritdoc/>
    protected override void PostStop() => drafts.Clear();

    /// <inheritdoc/>
    protected override bool Perform(Effect effect)
    {
        if (effect is not AggregatorEffect about)
        {
            return base.Perform(effect);
        }

        switch (drafts.Perform(about))
        {
            case DraftFailed failed:
                Context.GetLogger().Error(failed.Cause, "lease {Lease} cannot be written", about.Lease.Number);
                Feed(failed);
                return false;
            case CheckpointPart part:
                ((AggregatorEffect.SendCheckpoint)about).Worker.Tell(part, Self);
                break;
            case { } answer:
                Feed(answer);
                break;
        }

        return true;
    }
}
