using System.Collections.Immutable;

namespace Sweeper.Simulation.Pressure;

/// <summary>What became of a stream.</summary>
/// <param name="Case">The stream.</param>
/// <param name="Cores">Processor cores that everything shared: runners, aggregator, garbage collector.</param>
/// <param name="OfferedPerSecond">Rows that one runner makes in a second when nothing holds it up.</param>
/// <param name="CommittedPerSecond">Rows in committed files, over the time from submission to end.</param>
/// <param name="CommittedPerProcessorSecond">The same over the processor time of the process meanwhile, on whatever core.</param>
/// <param name="HeldUp">Share of that time that a runner waited for its sink.</param>
/// <param name="Memory">Largest working set in each part of the run, in order.</param>
internal sealed record PressureResult(
    PressureCase Case, int Cores, double OfferedPerSecond, double CommittedPerSecond, double CommittedPerProcessorSecond, double HeldUp,
    ImmutableArray<long> Memory)
{
    /// <summary>Parts of a run.</summary>
    public const int Looks = 8;

    /// <summary>How much more memory the second half needed than the second quarter: the first one is the start of a program.</summary>
    public double Growth => (double)Memory[(Looks / 2)..].Max() / Memory[(Looks / 4)..(Looks / 2)].Max() - 1;
}
