using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures.Selection;

/// <summary>Finds the curve that stands at a value of every dimension.</summary>
internal sealed class CurveSelection
{
    private readonly Dictionary<string, Point> points = new(StringComparer.Ordinal);
    private readonly FigureAxes axes;
    private readonly int axisCount;
    private readonly string[] splits;
    private readonly string[] components;
    private readonly int[] indices;
    private readonly int[] members;

    /// <summary>Over the axes of a plan and the parts of a metric, limited to what a figure asks for.</summary>
    public CurveSelection(SweepPlan plan, IReadOnlyList<SeriesPart> parts, FigureSpec spec)
    {
        axes = new FigureAxes(plan, spec);
        foreach (var point in FigureAxes.Points(plan))
        {
            if (axes.EntriesOf(point) is { } entries)
            {
                points[string.Join('\n', entries)] = point;
            }
        }

        splits = [.. parts.Select(part => part.Split).Distinct().Order(StringComparer.Ordinal)];
        components = [.. parts.Select(part => part.Component).Distinct().Order(ComponentOrder.Instance)];
        indices = [.. parts.Select(part => part.Index).Distinct().Order()];
        members = [.. parts.Select(part => part.Member).Distinct().Order()];
        ImmutableArray<Dimension> all =
        [
            .. axes.Dimensions, Dimension.Of("index", indices) with { Title = plan.Experiment.IndexNameOf(spec.Metric) },
            Dimension.Of("component", components),
            Dimension.Of("split", splits), Dimension.Of("member", members),
        ];
        axisCount = axes.Dimensions.Count();
        Baseline = Baseline.Of(spec, all);
        ImmutableArray<Dimension> limited = [.. all.Select((dimension, place) => Limited(
            place == Baseline?.Place ? dimension.Without(Baseline.Position) : dimension, plan, spec))];
        Dimensions = [.. Occupied(limited[..axisCount]), .. limited[axisCount..]];
    }

    /// <summary>What the others are compared with; null for none.</summary>
    public Baseline? Baseline { get; }

    /// <summary>The axes of the plan, then index, component, split, member.</summary>
    public ImmutableArray<Dimension> Dimensions { get; }

    /// <summary>Sentences on what is not in it.</summary>
    public IEnumerable<string> Notes => axes.LeftOut == 0 ? []
        : [
            FormattableString.Invariant($"{axes.LeftOut} {(axes.LeftOut == 1 ? "point is" : "points are")} left out: a derived value is ")
            + "undefined there."];

    /// <summary>Whether anything is left of every dimension.</summary>
    public bool IsEmpty => Dimensions.Any(dimension => dimension.Count == 0);

    private static Dimension Limited(Dimension dimension, SweepPlan plan, FigureSpec spec) =>
        dimension.Name == "split" && dimension.Count > 1 && !spec.Named.Any(dimension.IsNamed)
            ? dimension.Usual(plan.Experiment.UsualSplitOf(spec.Metric))
            : spec.Where.Where(filter => dimension.IsNamed(filter.Dimension)).Aggregate(dimension, (left, filter) => left.Limit(filter));

    /// <summary>Axes that know which of their values have a point that satisfies all of `where`.</summary>
    private IEnumerable<Dimension> Occupied(ImmutableArray<Dimension> limited)
    {
        static string Key(IEnumerable<string> entry) => string.Join('\n', entry);
        var asked = limited.Select(axis => axis.Positions.Select(position => Key(axis.Entries[position])).ToHashSet()).ToArray();
        var seen = limited.Select(_ => new HashSet<string>()).ToArray();
        foreach (var entries in points.Keys.Select(point => point.Split('\n')))
        {
            var first = 0;
            string[] keys = [.. limited.Select(axis => Key(entries[first..(first += axis.Names.Length)]))];
            if (keys.Index().All(key => asked[key.Index].Contains(key.Item)))
            {
                foreach (var (axis, key) in keys.Index())
                {
                    seen[axis].Add(key);
                }
            }
        }

        return limited.Select((axis, place) => axis with
        {
            Occupied = [.. axis.Positions.Where(position => seen[place].Contains(Key(axis.Entries[position])))],
        });
    }

    /// <summary>The curve that the one at these positions is compared with; null where there is none.</summary>
    public SelectedCurve? BaselineOf(ReadOnlySpan<int> positions)
    {
        if (Baseline is null)
        {
            return null;
        }

        int[] other = [.. positions];
        other[Baseline.Place] = Baseline.Position;
        return At(other);
    }

    /// <summary>The curve at these positions, one for each dimension; null where the plan has no such point.</summary>
    public SelectedCurve? At(ReadOnlySpan<int> positions)
    {
        var entries = new List<string>();
        for (var axis = 0; axis < axisCount; axis++)
        {
            entries.AddRange(Dimensions[axis].Entries[positions[axis]]);
        }

        var part = positions[axisCount..];
        return points.TryGetValue(string.Join('\n', entries), out var point)
            ? new SelectedCurve(
                point, TrialIdentity.CurveOf(point),
                new SeriesPart(splits[part[2]], components[part[1]], indices[part[0]], members[part[3]]))
            : null;
    }
}

/// <summary>A curve of a point.</summary>
internal sealed record SelectedCurve(Point Point, CurveId Curve, SeriesPart Part)
{
    /// <summary>Key of its rows.</summary>
    public (string Curve, SeriesPart Part) Key => (Curve.Hex, Part);
}
