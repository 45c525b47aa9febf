using System.Collections.Immutable;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures;

/// <summary>Finds the curve that stands at a value of every dimension.</summary>
internal sealed class CurveSelection
{
    private readonly Dictionary<string, CurveId> curves = new(StringComparer.Ordinal);
    private readonly ImmutableArray<SweepAxis> axes;
    private readonly string[] splits;
    private readonly string[] components;
    private readonly int[] indices;
    private readonly int[] members;

    /// <summary>Over the axes of a plan and the parts of a metric.</summary>
    public CurveSelection(SweepPlan plan, IReadOnlyList<SeriesPart> parts)
    {
        axes = plan.Axes;
        for (var i = 0L; i < plan.PointCount; i++)
        {
            var point = plan.PointAt(i);
            curves[string.Join('\n', axes.SelectMany(axis => axis.Hyperparameters).Select(declared => point[declared.Name]))] = TrialIdentity.TrialOf(point, plan.Seeds[0]).CurveId;
        }

        splits = [.. parts.Select(part => part.Split).Distinct().Order(StringComparer.Ordinal)];
        components = [.. parts.Select(part => part.Component).Distinct().Order(StringComparer.Ordinal)];
        indices = [.. parts.Select(part => part.Index).Distinct().Order()];
        members = [.. parts.Select(part => part.Member).Distinct().Order()];
        Dimensions =
        [
            .. axes.Select(Dimension.Of), Dimension.Of("index", indices), Dimension.Of("component", components),
            Dimension.Of("split", splits), Dimension.Of("member", members),
        ];
    }

    /// <summary>The axes of the plan, then index, component, split, member.</summary>
    public ImmutableArray<Dimension> Dimensions { get; }

    /// <summary>The curve at these positions, one for each dimension; null where the plan has no such point.</summary>
    public (CurveId Curve, SeriesPart Part)? At(ReadOnlySpan<int> positions)
    {
        var entries = new List<string>();
        for (var axis = 0; axis < axes.Length; axis++)
        {
            entries.AddRange(axes[axis].Entries[positions[axis]].Select(value => value.ToString()!));
        }

        var part = positions[axes.Length..];
        return curves.TryGetValue(string.Join('\n', entries), out var curve)
            ? (curve, new SeriesPart(splits[part[2]], components[part[1]], indices[part[0]], members[part[3]]))
            : null;
    }
}
