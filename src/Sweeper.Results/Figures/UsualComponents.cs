using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>What a figure shows of a metric's components where it names neither them nor a kind.</summary>
/// <param name="Spec">The figure with what it leaves open.</param>
/// <param name="AreLines">Whether they are best shown as lines: there is no order in them as in layers.</param>
internal readonly record struct UsualComponents(FigureSpec Spec, bool AreLines)
{
    /// <summary>
    /// Of pairs of networks only the means over them; parts that have names, such as what was measured and what is predicted, side by side.
    /// </summary>
    public static UsualComponents Of(FigureSpec spec, IReadOnlyList<SeriesPart> parts, ExperimentDeclaration experiment)
    {
        string[] all = [.. parts.Select(part => part.Component).Distinct()], groups = [.. all.Where(name => !ComponentOrder.IsPair(name))];
        if (spec.Kind is not null || spec.Named.Contains("component") || all.Length < 2 || groups.Length == 0)
        {
            return new(spec, AreLines: false);
        }

        if (groups.Length < all.Length)
        {
            var means = new FigureFilter("component", [.. groups]) { IsUsual = true };
            return new(spec with { Where = spec.Where.Add(means) }, AreLines: true);
        }

        var areNamed = experiment.Metrics.Any(metric => metric.Name == spec.Metric
            && metric.Dimensions.Any(dimension => dimension.Column == MetricColumn.Component && !dimension.Names.IsEmpty));
        var isOneEach = parts.All(part => part.Index == parts[0].Index);
        return new(areNamed && isOneEach ? spec with { Colour = spec.Colour ?? "component" } : spec, areNamed);
    }
}
