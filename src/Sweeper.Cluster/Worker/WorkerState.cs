namespace Sweeper.Cluster.Worker;

/// <summary>What a worker has, and keeps when its node ends.</summary>
internal sealed class WorkerState
{
    /// <summary>Tells this life of the worker from others under its name.</summary>
    public required string Incarnation { get; set; }

    /// <summary>The plan that was needed last.</summary>
    public PlanSource? Plan { get; set; }

    /// <summary>The pack that it has a lease on, as far as it knows.</summary>
    public ActivePack? Pack { get; set; }
}
