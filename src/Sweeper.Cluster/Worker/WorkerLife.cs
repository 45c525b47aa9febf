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

    /// <summary>What it has.</summary>
    internal WorkerState State { get; } = new() { Incarnation = NewIncarnation() };

    /// <summary>
    /// From now on this actor sends and hears for it. One that comes after another on the same node comes because that one threw:
    /// what it held may be why, and it begins a new life without.
    /// </summary>
    internal void GoOn(IActorRef actor, ActorSystem node)
    {
        if (ReferenceEquals(this.node, node))
        {
            DiscardPack();
            State.Incarnation = NewIncarnation();
        }

        this.node = node;
        this.actor = actor;
    }

    /// <summary>Trains a pack after those before it have ended; the actor of the day, if there is one, hears how it goes.</summary>
    internal void Start(ActivePack pack, PlanSource plan)
    {
        var lease = pack.Lease;
        var job = new TrainingJob(
            pack.Chunks,
            () => plan.WorkFor(lease.Pack, PositionBits.FromBits(lease.Wanted.Span)) with { Engine = lease.Engine },
            () => actor.Tell(new ChunkAppended(lease.Lease)),
            () => actor.Tell(new TrainingEnded(lease.Lease)))
        {
            PauseEvery = lease.Start.MayPause ? definition.CheckpointEvery : null,
            From = pack.Checkpoint is { } checkpoint ? () => checkpoint.Content : null,
        };
        pack.Job = job;
        training.Start(job);
    }

    /// <summary>Ends the training of a pack whose lease is over, and discards what it measured.</summary>
    private void DiscardPack()
    {
        State.Pack?.Dispose();
        State.Pack = null;
    }

    /// <summary>Ends what trains.</summary>
    public void Dispose()
    {
        training.Dispose();
        DiscardPack();
    }

    private static string NewIncarnation() => Guid.NewGuid().ToString("N")[..8];
}
