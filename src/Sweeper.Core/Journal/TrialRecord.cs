using Sweeper.Core.Packing;

namespace Sweeper.Core.Journal;

/// <summary>What became of a trial: a segment, a failure, or both when training it again for more metrics failed.</summary>
/// <param name="Pack">The pack that its segment belongs to, or that failed.</param>
/// <param name="Segment">File that holds its rows, or null when there are none.</param>
/// <param name="DivergedStep">Step at which it became non-finite, or null.</param>
/// <param name="Attempts">How often its pack was started, retries after errors included.</param>
/// <param name="Worker">Who trained it.</param>
/// <param name="WallSeconds">Wall time of its pack's last attempt.</param>
/// <param name="Failure">Why it failed for good, or null.</param>
public sealed record TrialRecord(
    PackId Pack, string? Segment, long? DivergedStep, int Attempts, string? Worker, double? WallSeconds, string? Failure);
