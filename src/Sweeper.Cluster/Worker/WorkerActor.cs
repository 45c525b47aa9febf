using Akka.Actor;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// The shell of a <see cref="WorkerMachine"/>. What it has is the <see cref="WorkerLife"/>'s, which trains on while coordinator,
/// aggregator or the node are missing, up to a full window.
/// </summary>
internal sealed class WorkerActor : MachineActor
{
    private readonly WorkerLife life;
    private readonly ClusterTimings timings;

    /// <param name="life">Whom it sends and hears for.</param>
    /// <param name="coordinator">Reaches the coordinator wherever it is.</param>
    /// <param name="catalog">Experiments of this build.</param>
    /// <param name="version">Version of Sweeper.</param>
    /// <param name="timings">Patience.</param>
    public WorkerActor(WorkerLife life, IActorRef coordinator, IExperimentCatalog catalog, string version, ClusterTimings timings)
        : base(TimeProvider.System)
    {
        (this.life, this.timings) = (life, timings);
        life.GoOn(Self, Context.System);
        var definition = life.Definition;
        var ready = new WorkerReady(
            definition.Name, life.State.Incarnation, definition.Device, definition.Numerics,
            [.. catalog.All.Select(experiment => new ExperimentVersion(experiment.Name, experiment.Version))], version);
        var provider = ((ExtendedActorSystem)Context.System).Provider;
        Machine = new WorkerMachine(life.State, ready, coordinator, provider.ResolveActorRef, catalog, timings);
    }

    /// <inheritdoc/>
    protected override Machine Machine { get; }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(AskForWork), AskForWork.Instance, timings.AskEvery);
        Feed(new WorkerBegins());
    }

    /// <inheritdoc/>
    protected override bool Perform(Effect effect)
    {
        switch (effect)
        {
            case WorkerEffect.StartTraining start:
                life.Start(start.Pack, start.Plan);
                return true;
            case WorkerEffect.PauseTraining paused:
                (paused.Pack.Job as TrainingJob)?.Pause();
                return true;
            case WorkerEffect.CancelTraining cancelled:
                (cancelled.Pack.Job as TrainingJob)?.Cancel();
                return true;
            case WorkerEffect.DiscardPack discarded:
                discarded.Pack.Dispose();
                return true;
            case WorkerEffect.SayWhy waits:
                life.Definition.Waits(waits.Reason);
                return true;
            case WorkerEffect.Dismiss:
                life.Definition.Dismissed?.Invoke();
                return true;
            default:
                return base.Perform(effect);
        }
    }
}
