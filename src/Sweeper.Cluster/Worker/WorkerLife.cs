using Akka.Actor;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// What a worker's process has beside its node and keeps when that ends: the training thread, the pack on it, and the plan of that.
/// A node ends whenever its coordinator does; training goes on, and the next node's actor offers what there is.
/// </summary>
/// <param name="definition">Who the worker is.</param>
public sealed class WorkerLife(WorkerDefinition definition) : IDisposable
{
    private readonly TrainingThread training = new(definition.Name, definition.CreateRunner);
    private volatile IActorRef actor = ActorRefs.Nobody;
    private ActorSystem? node;

    /// <summary>Who the worker is.</summary>
    public WorkerDefinition Definition => definition;

    /// <summary>Tells this life of the worker from others under its name.</summary>
    internal string Incarnation { get; private set; } = NewIncarnation();

    /// <summary>The plan that was needed last.</summary>
    internal PlanSource? Plan { get; set; }

    /// <summary>The pack that it has a lease on, as far as it knows.</summary>
    internal ActivePack? Pack { get; set; }

    /// <summary>
    /// From now on this actor sends and hears for it. One that comes after another on the same node comes because that one threw:
    /// what it held may be why, and it begins a new life without.
    /// </summary>
    internal void GoOn(IActorRef actor, ActorSystem node)
    {
        if (ReferenceEquals(this.node, node))
        {
            LetGo();
            Incarnation = NewIncarnation();
        }

        this.node = node;
        this.actor = actor;
    }

    /// <summary>Trains a pack after those before it have ended.</summary>
    internal void Start(TrainingJob job) => training.Start(job);

    /// <summary>Says something to the actor of the day; while there is none, it is lost.</summary>
    internal void Tell(object message) => actor.Tell(message);

    /// <summary>The lease is over.</summary>
    internal void LetGo()
    {
        Pack?.Dispose();
        Pack = null;
    }

    /// <summary>Ends what trains.</summary>
    public void Dispose()
    {
        training.Dispose();
        LetGo();
    }

    private static string NewIncarnation() => Guid.NewGuid().ToString("N")[..8];
}
