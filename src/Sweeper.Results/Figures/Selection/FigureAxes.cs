using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Predicates;

namespace Sweeper.Results.Figures.Selection;

/// <summary>
/// The axes of a sweep as a figure sees them. A derived value that it names stands in the place of the axis that it follows
/// from once the others are known (of several the longest that the figure does not name), or beside the axes where there is
/// none. Points for which it is undefined are left out.
/// </summary>
internal sealed class FigureAxes
{
    private readonly ImmutableArray<DerivedValue> derived;
    private readonly ImmutableArray<FigureFilter> filters;
    private readonly List<Part> parts;

    /// <summary>Goes through the points of the plan where the figure names a derived value.</summary>
    public FigureAxes(SweepPlan plan, FigureSpec spec)
    {
        var named = spec.LaidOut.ToHashSet();
        derived = [.. plan.Derived.Where(value => spec.Named.Contains(value.Name))];
        filters = [.. spec.Where.Where(filter => plan.Experiment.IndexOf(filter.Dimension) >= 0)];
        parts = [.. plan.Axes
            .Select(axis =>
                new Part(Dimension.Of(axis), point => axis.Hyperparameters.Select(declared => point[declared.Name].ToString()!), axis))];
        var points = derived.IsEmpty ? [] : Points(plan).Where(IsAsked).ToList();
        LeftOut = points.RemoveAll(point => !IsDefined(point));
        foreach (var value in derived)
        {
            var part = new Part(Dimension.Of(value, Values(value, points)), point => [TextOf(value.Of(point, 0))], null);
            var place = parts.Index()
                .Where(other => other.Item.Axis is { } axis && axis.Hyperparameters.Any(declared => value.Names.Contains(declared.Name))
                    && !axis.Hyperparameters.Any(declared => named.Contains(declared.Name)))
                .OrderByDescending(other => other.Item.Axis!.Count)
                .Select(other => other.Index)
                .FirstOrDefault(index => Determine([.. parts[..index], part, .. parts[(index + 1)..]], points), parts.Count);
            parts.RemoveRange(place, Math.Min(1, parts.Count - place));
            parts.Insert(place, part);
        }
    }

    /// <summary>What stands for the axes.</summary>
    public IEnumerable<Dimension> Dimensions => parts.Select(part => part.Dimension);

    /// <summary>Points for which a derived value is undefined.</summary>
    public int LeftOut { get; }

    /// <summary>The entries of a point, in the order of the dimensions and their names; null where it is left out.</summary>
    public IEnumerable<string>? EntriesOf(Point point) =>
        derived.IsEmpty || (IsAsked(point) && IsDefined(point)) ? parts.SelectMany(part => part.EntryOf(point)) : null;

    /// <summary>Every point of a plan.</summary>
    public static IEnumerable<Point> Points(SweepPlan plan)
    {
        for (var i = 0L; i < plan.PointCount; i++)
        {
            yield return plan.PointAt(i);
        }
    }

    /// <summary>The values that points have, in ascending order.</summary>
    public static IEnumerable<Value> Values(DerivedValue derived, IEnumerable<Point> points) =>
        points.Select(point => derived.Of(point, 0)).OfType<Value>().Distinct()
        .OrderBy(value => value is Value.Real real ? real.Number : ((Value.Flag)value).IsSet ? 1 : 0);

    /// <summary>An axis that a derived value stands for is no dimension that could be limited.</summary>
    private bool IsAsked(Point point) => filters.All(filter => filter.Values.Contains(point[filter.Dimension].ToString()!));

    private bool IsDefined(Point point) => derived.All(value => value.Of(point, 0) is not null);

    private static string TextOf(Value? value) => value!.ToString()!;

    /// <summary>Whether no two points have the same entries.</summary>
    private static bool Determine(IReadOnlyCollection<Part> parts, List<Point> points)
    {
        var seen = new HashSet<string>();
        return points.All(point => seen.Add(string.Join('\n', parts.SelectMany(part => part.EntryOf(point)))));
    }

    private sealed record Part(Dimension Dimension, Func<Point, IEnumerable<string>> EntryOf, SweepAxis? Axis);
}
