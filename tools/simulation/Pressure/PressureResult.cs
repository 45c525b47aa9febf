using System.Collections.Immutable;

namespace Sweeper.Simulation.Pressure;

/// <summary>What became of a stream.</summary>
/// <param name="Case">The stream.</param>
/// <param name="OfferedPerSecond">Rows that one runner makes in a second when nothing holds it up.</param>
/// <param name="CommittedPerSecond">Rows in committed files, over the time from submission to end.</param>
/// <param name="HeldUp">Share of that time that a runner waited for its sink.</param>
/// <param name="Memory">Largest working set in each part of the run, in order.</param>
internal sealed record PressureResult(PressureCase Case, double OfferedPerSecond, double CommittedPerSecond, double HeldUp, ImmutableArray<long> Memory)
{
    /// <summary>Parts of a run.</summary>
    public const int Looks = 8;
}
