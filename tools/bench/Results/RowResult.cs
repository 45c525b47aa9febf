using System.Collections.Immutable;
using Sweeper.Benchmarks;

namespace Sweeper.Bench.Results;

/// <summary>What was measured of a row, in one go on one machine.</summary>
/// <param name="Row">Its name.</param>
/// <param name="Commit">Of the source tree.</param>
/// <param name="Machine">Processor and widest registers.</param>
/// <param name="Series">All that was measured.</param>
internal sealed record RowResult(string Row, string Commit, string Machine, ImmutableArray<Series> Series)
{
    /// <summary>The series of a sweep that names no engine.</summary>
    public string Own { get; init; } = "";

    /// <summary>What the peers compute with; null where there are none.</summary>
    public string? Peers { get; init; }

    /// <summary>Operations of one lane-step, where they are counted.</summary>
    public double? Operations { get; init; }

    /// <summary>The largest relative difference between final losses of two sides; null where there is one side only.</summary>
    public double? Difference { get; init; }

    /// <summary>Final losses, by side, for people.</summary>
    public ImmutableArray<string> Losses { get; init; } = [];

    /// <summary>Why nothing may be concluded from it; null where it stands.</summary>
    public string? Void { get; init; }

    /// <summary>What a reader must know of how it was measured.</summary>
    public string? Remark { get; init; }

    /// <summary>A series by name, or null.</summary>
    public Series? Of(string name) => Series.FirstOrDefault(series => series.Name == name);

    /// <summary>
    /// The middle of the rounds' ratios: what slows a round down slows both of its sides. Where the sides have not as many rounds, the
    /// ratio of their medians. Null where a series is missing.
    /// </summary>
    public double? Ratio(string numerator, string denominator) =>
        Of(numerator) is not { } above || Of(denominator) is not { } below ? null
        : above.Rounds.Length != below.Rounds.Length ? above.Spread.Median / below.Spread.Median
        : Spread.Of(above.Rounds.Zip(below.Rounds, (one, other) => one / other)).Median;

    /// <summary>
    /// Share of this core's rate of multiply-adds that a series reaches, of times in microseconds. Null where it is not known.
    /// </summary>
    public double? ShareOfRate(string name) =>
        Operations is { } operations && Of(name) is { } times && Of(Measuring.Machine.Rate) is { } rate
        ? Spread.Of(times.Rounds.Zip(rate.Rounds, (microseconds, gigaflops) => operations / (microseconds * 1e3) / gigaflops)).Median
        : null;
}
