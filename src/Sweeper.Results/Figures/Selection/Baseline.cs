using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures.Selection;

/// <summary>The value of one dimension that its other values are compared with at equal seeds.</summary>
/// <param name="Place">The dimension's place among all.</param>
/// <param name="Position">The value's place in it.</param>
internal sealed record Baseline(int Place, int Position)
{
    /// <summary>That of a figure; null where it has none, or where what it names was not measured.</summary>
    public static Baseline? Of(FigureSpec spec, ImmutableArray<Dimension> dimensions)
    {
        if (spec.Baseline.IsEmpty)
        {
            return null;
        }

        var place = Enumerable.Range(0, dimensions.Length).FirstOrDefault(
            one => spec.Baseline.All(filter => dimensions[one].IsNamed(filter.Dimension)), -1);
        return place >= 0 && Matches(spec, dimensions[place]) is [var position] ? new Baseline(place, position) : null;
    }

    /// <summary>Throws <see cref="SweepException"/> (usage) where the values named do not single out one entry of one dimension.</summary>
    public static void Check(SweepPlan plan, FigureSpec spec)
    {
        var axis = plan.Axes.Select(Dimension.Of).FirstOrDefault(
            dimension => spec.Baseline.Any(filter => dimension.IsNamed(filter.Dimension)));
        if (axis is null ? spec.Baseline.Length > 1 : spec.Baseline.Any(filter => !axis.IsNamed(filter.Dimension)))
        {
            throw new SweepException(
                ExitCode.Usage, "a baseline is one value of one axis",
                "name one hyperparameter, or several that vary together, or one of split, component, index, member", spec.Place);
        }

        if (axis is not null && Matches(spec, axis) is not [_] and var entries)
        {
            throw new SweepException(
                ExitCode.Usage, $"{(entries.IsEmpty ? "no" : "more than one")} entry of {axis.Name} has {string.Join(", ", spec.Baseline)}",
                $"name a value of each of {axis.Name}, which vary together", spec.Place);
        }
    }

    private static ImmutableArray<int> Matches(FigureSpec spec, Dimension dimension) =>
        spec.Baseline.Aggregate(dimension, (left, filter) => left.Limit(filter)).Positions;
}
