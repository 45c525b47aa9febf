using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Results.Figures.Drawing;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Scales;

/// <summary>Range of an axis, as drawn.</summary>
/// <param name="IsLog">Whether numbers are log10.</param>
/// <param name="Low">Left or lower end.</param>
/// <param name="High">Right or upper end.</param>
internal sealed record AxisScale(bool IsLog, double Low, double High)
{
    // Axes of measured values become logarithmic when these spread over more than this factor.
    private const double LogFactor = 30;

    // Values of a dimension do when they span a decade, up to rounding.
    private const double Decade = 9.99;
    private const double Margin = 0.05;
    private const int MostTickedValues = 8;

    /// <summary>Where 0 stands on a logarithmic axis, left of all others; null where it cannot be shown.</summary>
    public double? Zero { get; private init; }

    /// <summary>Whether it is one of whole numbers, with no ticks between them.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Ticks of an axis of few values or of words; empty for ticks at round numbers.</summary>
    public ImmutableArray<Tick> Ticks { get; init; } = [];

    /// <summary>A number's place on the axis; not finite where it has none.</summary>
    public double Place(double number) => !IsLog ? number : number == 0 && Zero is { } zero ? zero : Math.Log10(number);

    /// <summary>Room for all of these numbers and a little more; places that are not finite do not count.</summary>
    public static AxisScale Around(bool isLog, IEnumerable<double> numbers)
    {
        var places = numbers.Select(number => isLog ? Math.Log10(number) : number).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (places.Min(), places.Max());
        var margin = high > low ? Margin * (high - low) : Math.Max(Math.Abs(high) * Margin, Margin);
        return new AxisScale(isLog, low - margin, high + margin);
    }

    /// <summary>Training steps: logarithmic when that is how they are spaced.</summary>
    public static AxisScale OfSteps(IEnumerable<double> steps, bool? isLog)
    {
        double[] sorted = [.. steps.Distinct().Order()];
        return Around(isLog ?? IsLogSpaced(sorted), sorted);
    }

    /// <summary>Measured values: logarithmic when nearly all are positive and spread far.</summary>
    /// <param name="values">What must be inside: means, single seeds, theory.</param>
    /// <param name="edges">
    /// Ends of bands: they count on a linear axis; on a logarithmic one they may be far wider than the curves, and are cut.
    /// </param>
    /// <param name="isLog">As asked for; null for automatic.</param>
    public static AxisScale OfValues(IReadOnlyCollection<double> values, IEnumerable<double> edges, bool? isLog)
    {
        var finite = values.Where(double.IsFinite).ToList();
        var positive = finite.Where(value => value > 0).ToList();
        var log = positive.Count > 0 && (isLog ?? (positive.Count >= 0.95 * finite.Count && positive.Max() > LogFactor * positive.Min()));
        return Around(log, log ? positive : finite.Concat(edges.Where(double.IsFinite)));
    }

    /// <summary>Values of a dimension: numbers at their places, anything else side by side.</summary>
    public static AxisScale OfDimension(Dimension dimension, bool? isLog)
    {
        if (!dimension.IsNumeric)
        {
            return Words([.. dimension.Positions.Select(position => dimension.Labels[position])]);
        }

        double[] numbers = [.. dimension.Positions.Select(position => dimension.Numbers[position]).Order()];
        var positive = numbers.Where(number => number > 0).ToArray();
        if (!(isLog ?? (numbers[0] >= 0 && IsSpreadByFactors(positive))) || positive.Length == 0)
        {
            return (Around(false, numbers) with { IsWhole = numbers.All(double.IsInteger) }).Ticked(numbers);
        }

        var scale = Around(true, positive);
        if (numbers[0] != 0)
        {
            return scale.Ticked(numbers);
        }

        var step = Math.Max(0.5, (scale.High - scale.Low) / positive.Length);
        return (scale with { Zero = scale.Low - step / 2, Low = scale.Low - step }).Ticked(numbers);
    }

    /// <summary>Words at 0, 1, 2, ...; of too many every n-th is shown, the last one among them.</summary>
    public static AxisScale Words(ImmutableArray<string> words, int every = 1) => new(false, -0.5, words.Length - 0.5)
    {
        Ticks = [.. words.Index().Where(word => (words.Length - 1 - word.Index) % every == 0)
            .Select(word => new Tick(word.Index, word.Item))],
    };

    private AxisScale Ticked(double[] numbers) =>
        numbers.Length <= MostTickedValues && Apart(numbers)
            ? this with { Ticks = [.. numbers.Select(number => new Tick(Place(number), NumberLabel.Of(number)))] }
            : this with { Ticks = Zero is null ? [] : [new Tick(Zero.Value, "0"), .. AxisTicks.Round(this)] };

    /// <summary>Whether labels at these numbers have room.</summary>
    private bool Apart(double[] numbers)
    {
        double[] places = [.. numbers.Select(Place)];
        return places.Zip(places.Skip(1)).All(pair => pair.Second - pair.First > (High - Low) / (MostTickedValues + 2));
    }

    /// <summary>Whether ascending numbers span a decade and lie more evenly on a logarithmic axis than on a linear one.</summary>
    private static bool IsSpreadByFactors(double[] positive) =>
        positive.Length > 1 && positive[^1] >= Decade * positive[0]
        && WidestGap([.. positive.Select(number => Math.Log(number))]) <= WidestGap(positive) + 1e-9;

    private static double WidestGap(double[] ascending) =>
        ascending.Zip(ascending.Skip(1), (left, right) => right - left).Max() / (ascending[^1] - ascending[0]);

    private static bool IsLogSpaced(double[] steps) =>
        steps.Length > 2 && steps[^1] > LogFactor * Math.Max(1, steps[0] > 0 ? steps[0] : steps[1])
        && steps[steps.Length / 2] < 0.25 * steps[^1];
}
