using System.Diagnostics;
using Sweeper.Core.Ports;

namespace Sweeper.Training.Running;

/// <summary>When a pack pauses.</summary>
/// <param name="pauses">What is asked for; null for never.</param>
/// <param name="building">How long building its program took: that much is lost at every pause.</param>
internal sealed class PauseRule(PackPauses? pauses, TimeSpan building)
{
    /// <summary>Bytes of a checkpoint at most: a pack with more begins again from its first step.</summary>
    public const long LargestCheckpoint = 256L << 20;

    /// <summary>At most a fifth of the time goes into building.</summary>
    private const int LeastTraining = 4;

    private readonly Stopwatch trained = Stopwatch.StartNew();

    /// <summary>From beginning to end without a pause.</summary>
    public static PauseRule Never { get; } = new(null, TimeSpan.Zero);

    /// <summary>Whether it is time for one.</summary>
    public bool IsDue => pauses is not null
        && (pauses.Asked.IsCancellationRequested || (trained.Elapsed >= pauses.Every && trained.Elapsed >= LeastTraining * building));
}
