using Sweeper.Cluster.Machines;

namespace Sweeper.Cluster.Worker;

/// <summary>What only the shell of a worker can do.</summary>
internal abstract record WorkerEffect : Effect
{
    /// <summary>
    /// Has a pack trained: <see cref="ChunkAppended"/> and <see cref="TrainingEnded"/> follow, and its <see cref="ActivePack.Job"/> is set.
    /// </summary>
    public sealed record StartTraining(ActivePack Pack, PlanSource Plan) : WorkerEffect;

    /// <summary>Asks the training of a pack to pause after a checkpoint.</summary>
    public sealed record PauseTraining(ActivePack Pack) : WorkerEffect;

    /// <summary>Ends the training of a pack.</summary>
    public sealed record CancelTraining(ActivePack Pack) : WorkerEffect;

    /// <summary>Ends the training of a pack whose lease is over, and discards what it measured.</summary>
    public sealed record DiscardPack(ActivePack Pack) : WorkerEffect;

    /// <summary>Tells a person why there is nothing to train.</summary>
    public sealed record SayWhy(string Reason) : WorkerEffect;

    /// <summary>Its process is to end.</summary>
    public sealed record Dismiss : WorkerEffect;
}

/// <summary>There is a chunk to send.</summary>
internal sealed record ChunkAppended(LeaseId Lease);

/// <summary>Training has a result.</summary>
internal sealed record TrainingEnded(LeaseId Lease);

/// <summary>Begin: with what an earlier node left, or by asking for work.</summary>
internal sealed record WorkerBegins;

/// <summary>Ask for work.</summary>
internal sealed record AskForWork
{
    public static AskForWork Instance { get; } = new();
}

/// <summary>Renew a lease, and repeat what is unanswered.</summary>
internal sealed record RenewLease(LeaseId Lease);

/// <summary>A pack that was to pause had its time.</summary>
internal sealed record PauseGraceOver(LeaseId Lease, Fault Fault);

/// <summary>End what runs and ask for no more; answered with <see cref="WorkerLeft"/>. Never leaves its process.</summary>
internal sealed record LeaveWork
{
    public static LeaveWork Instance { get; } = new();
}

/// <summary>The worker has no pack any more, and will have none.</summary>
internal sealed record WorkerLeft
{
    public static WorkerLeft Instance { get; } = new();
}
