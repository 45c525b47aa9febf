using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>How a pack ended on the training thread.</summary>
internal abstract record TrainingResult
{
    private TrainingResult()
    {
    }

    /// <summary>Trained and measured to its last step, or to a pause.</summary>
    public sealed record Finished(PackOutcome Outcome, double WallSeconds) : TrainingResult;

    /// <summary>Ended early. Cause: for the log.</summary>
    public sealed record Failed(FailureKind Kind, Fault Fault, Exception? Cause = null) : TrainingResult;
}
