using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Coordinator;

/// <summary>A pack in a worker's hands, as the coordinator sees it.</summary>
/// <param name="Number">Number of the lease.</param>
/// <param name="Task">Place of its pack in the cut.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="Incarnation">
/// Which life of that worker; null when the lease was found in the journal and the worker has not been heard of since.
/// </param>
/// <param name="Attempt">From 1.</param>
/// <param name="Deadline">When it is lost, on the coordinator's monotonic clock.</param>
internal sealed record Lease(long Number, int Task, string Worker, string? Incarnation, int Attempt, TimeSpan Deadline)
{
    /// <summary>How far its pack is, as last reported.</summary>
    public PackStep Progress { get; private init; } = PackStep.None;

    /// <summary>When, and how far its pack was, as first reported since it trains; null before that.</summary>
    public (TimeSpan At, long Step)? Begun { get; private init; }

    /// <summary>When <see cref="Progress"/> was reported.</summary>
    public TimeSpan ReportedAt { get; private init; }

    /// <summary>Whether its worker's node is gone, which may come back as another one.</summary>
    public bool IsWorkerGone { get; init; }

    /// <summary>The commit that was granted under it and not yet reported.</summary>
    public JournalEntry.CommitGranted? Granted { get; init; }

    /// <summary>With the next report.</summary>
    public Lease At(PackStep progress, TimeSpan now) =>
        this with { Progress = progress, ReportedAt = now, Begun = Begun ?? (progress.LastStep > 0 ? (now, progress.Step) : null) };
}
