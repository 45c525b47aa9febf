namespace Sweeper.Cluster.Worker;

/// <summary>The pack that a worker has: its lease, its chunks, and what there is to say about it.</summary>
internal sealed class ActivePack(PackLease lease, ChunkStream chunks) : IDisposable
{
    /// <summary>As given by the coordinator.</summary>
    public PackLease Lease => lease;

    /// <summary>Its measurements on their way.</summary>
    public ChunkStream Chunks => chunks;

    /// <summary>The checkpoint that it begins with, as far as it is here; null where it begins with the first step.</summary>
    public CheckpointFetch? Checkpoint { get; } = lease.Start.From is { } from ? new CheckpointFetch(from) : null;

    /// <summary>Whether it is to end soon.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Whether plan and checkpoint are here, and it trains or has ended.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Its training; null before that.</summary>
    public ITraining? Job { get; set; }

    /// <summary>Said to the aggregator when all is trained.</summary>
    public PackFinished? Finished { get; set; }

    /// <summary>Said to the coordinator when it ended early.</summary>
    public PackFailed? Failed { get; set; }

    /// <summary>Whether a chunk was acknowledged since it was last looked at; if none was, some may be lost.</summary>
    public bool HasProgressed { get; set; }

    /// <summary>The renewal as of now.</summary>
    public LeaseRenewed Renewal(string worker, string incarnation) =>
        new(lease.Lease, worker, incarnation, Job?.At ?? PackStep.None);

    /// <summary>Ends its training; nothing of it is kept.</summary>
    public void Dispose()
    {
        (Job as TrainingJob)?.Cancel();
        chunks.Dispose();
    }
}
