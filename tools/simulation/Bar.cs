using System.Collections.Immutable;
using Sweeper.Simulation.Pressure;
using Sweeper.Simulation.Scale;

namespace Sweeper.Simulation;

/// <summary>What is asked of a measurement, and the worst that was measured.</summary>
/// <param name="Words">What is measured.</param>
/// <param name="Limit">What is asked, with unit.</param>
/// <param name="Measured">The worst, with unit.</param>
/// <param name="Holds">Whether it is kept.</param>
internal sealed record Bar(string Words, FormattableString Limit, FormattableString Measured, bool Holds)
{
    private const long ComparedTrials = 100_000;

    private static readonly (string Words, Func<ScaleResult, double> SecondsOf)[] Durations =
    [
        ("plan", size => size.PlanSeconds), ("run", size => size.RunSeconds), ("resume", size => size.ResumeSeconds),
        ("status", size => size.StatusSeconds),
    ];

    private static readonly MarkdownColumn<Bar>[] Columns =
    [
        new("bar", bar => $"{bar.Words}", IsNumber: false),
        new("asked", bar => bar.Limit),
        new("worst case above", bar => bar.Measured),
        new("", bar => $"{(bar.Holds ? "holds" : "**missed**")}", IsNumber: false),
    ];

    /// <summary>As a Markdown table.</summary>
    public static string Table(IEnumerable<Bar> bars) => MarkdownTable.Of(bars, Columns);

    /// <summary>The bars of sizes; those of which nothing was measured are left out.</summary>
    public static IEnumerable<Bar> Of(IReadOnlyCollection<ScaleResult> sizes)
    {
        yield return AtMost("coordinator, a trial", 0.1, "ms", [.. sizes.Select(size => size.MillisecondsPerTrial)]);
        var compared = sizes.Where(size => size.Case.Trials == ComparedTrials).ToList();
        if (compared.Count > 0)
        {
            yield return AtMost("plan of 100,000 trials", 2, "s", [.. compared.Select(size => size.PlanSeconds)]);
            yield return AtMost("resume of 100,000 trials", 5, "s", [.. compared.Select(size => size.ResumeSeconds)]);
            yield return AtMost("status of 100,000 trials", 0.2, "s", [.. compared.Select(size => size.StatusSeconds)]);
            yield return AtMost("`sweeper status` of 100,000 trials", 0.5, "s", [.. compared.Select(size => size.StatusProcessSeconds)]);
        }

        var usual = sizes.Where(size => size.Case.Lanes == ScaleCase.UsualLanes).ToList();
        var (few, many) = (usual.Min(size => size.Case.Trials), usual.Max(size => size.Case.Trials));
        var allowed = many * Math.Log(many) / (few * Math.Log(few));
        foreach (var (words, secondsOf) in Durations)
        {
            var ratios = usual.Where(size => size.Case.Trials == many)
                .Select(size =>
                    secondsOf(size) / secondsOf(usual.First(other => other.Case.Trials == few && other.Case.Workers == size.Case.Workers)));
            yield return AtMost($"{words}, from {few:#,0} to {many:#,0} trials (n log n)", allowed, "times", [.. ratios]);
        }
    }

    /// <summary>The bars of streams.</summary>
    public static IEnumerable<Bar> Of(IReadOnlyCollection<PressureResult> streams)
    {
        const double Million = 1e6;
        var alone = streams.Where(stream => stream.Case.OnOneCore).Min(stream => stream.CommittedPerSecond);
        var offered = streams.Min(stream => stream.OfferedPerSecond);
        yield return new Bar("offered by a runner", $"{Million:#,0} rows/s", $"{offered:#,0} rows/s", offered >= Million);
        yield return new Bar("committed, on one core", $"{Million:#,0} rows/s", $"{alone:#,0} rows/s", alone >= Million);
        yield return AtMost(
            "memory of the second half over that of the second quarter", 10, "%", [.. streams.Select(stream => 100 * stream.Growth)]);
    }

    private static Bar AtMost(string words, double limit, string unit, ImmutableArray<double> measured) =>
        new(words, $"{limit:0.##} {unit}", $"{measured.Max():0.###} {unit}", measured.Max() <= limit);
}
