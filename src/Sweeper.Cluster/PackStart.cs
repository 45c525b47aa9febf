using Sweeper.Core.Ports;

namespace Sweeper.Cluster;

/// <summary>Where an attempt at a pack begins.</summary>
/// <param name="Interval">Number of the segment it writes.</param>
/// <param name="From">The checkpoint it goes on from, after the segments before; null for the first step.</param>
/// <param name="MayPause">Whether it may end in a checkpoint.</param>
internal sealed record PackStart(int Interval, StagedCheckpoint? From, bool MayPause)
{
    /// <summary>From the first step to the last.</summary>
    public static PackStart Whole { get; } = new(0, null, MayPause: false);
}
