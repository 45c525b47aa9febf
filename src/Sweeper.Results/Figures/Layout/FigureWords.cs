using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Layout;

/// <summary>What is drawn, in words.</summary>
/// <param name="Title">The headline: sweep, split, quantity, when.</param>
/// <param name="Label">The quantity, short enough for the side of a panel.</param>
internal sealed record FigureWords(string Title, string Label)
{
    /// <summary>Of a figure.</summary>
    public static FigureWords Of(SweepPlan plan, FigureSpec spec, Drawn drawn)
    {
        var name = Spelling.Of(spec.Metric);
        var metric = spec.Source switch
        {
            MeasurementSource.Theory => $"{name} in theory",
            MeasurementSource.Discrepancy => $"ln({name} / theory)",
            _ => name,
        };
        metric = spec.IsVariance ? $"variance of {metric}" : metric;
        var full = drawn.Split is null ? metric : $"{drawn.Split} {metric}";
        var title = drawn.Reduction switch
        {
            null => full,
            Reduction.Final when drawn.Series.SelectMany(series => series.Points)
                .Select(placed => placed.Point.Step).Distinct().ToList() is [{ } step] => new Reduction.At(step).Describe(full),
            _ => drawn.Reduction.Describe(full),
        };
        var label = drawn.Reduction?.Brief(metric) ?? metric;
        return new FigureWords(
            $"{plan.Name}: {title}{(drawn.Against is null ? "" : $", difference from {drawn.Against}")}",
            drawn.Against is null ? label : $"Δ {label}");
    }
}
