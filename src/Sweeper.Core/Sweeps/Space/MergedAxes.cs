using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>The dimensions of a union: those of its grids, with the values of all of them.</summary>
internal static class MergedAxes
{
    /// <summary>
    /// In the order of the declaration, with the values that some point has. Names that are zipped alike wherever they vary
    /// stay together; names whose fixed values differ between grids become a dimension too.
    /// </summary>
    public static ImmutableArray<SweepAxis> Of(ExperimentDeclaration experiment, ImmutableArray<Grid> grids)
    {
        if (grids is [var only])
        {
            return [.. only.Axes.Select(axis => axis.Used).OrderBy(axis => experiment.IndexOf(axis.Hyperparameters[0].Name))];
        }

        var slots = Enumerable.Range(0, experiment.Hyperparameters.Length);
        var varying =
            slots.Where(slot => grids.Any(grid => AxisOf(grid, slot) is not null || !grid.Standard[slot].Equals(grids[0].Standard[slot])));
        return [.. varying.Select(slot => GroupOf(grids, slot))
            .DistinctBy(group => group[0]).Select(group => Merge(experiment, grids, group))];
    }

    private static GridAxis? AxisOf(Grid grid, int slot) => grid.Axes.FirstOrDefault(axis => axis.Has(slot));

    /// <summary>The slots that vary together with a slot in every grid where any of them varies; else it alone.</summary>
    private static ImmutableArray<int> GroupOf(ImmutableArray<Grid> grids, int slot)
    {
        var first = grids.Select(grid => AxisOf(grid, slot)).FirstOrDefault(axis => axis is not null);
        return first is not null && grids.All(grid => first.Slots.Select(other => AxisOf(grid, other)).Distinct().ToList() is [var axis]
            && (axis?.Slots.SequenceEqual(first.Slots) ?? true))
            ? first.Slots
            : [slot];
    }

    private static SweepAxis Merge(ExperimentDeclaration experiment, ImmutableArray<Grid> grids, ImmutableArray<int> group)
    {
        var entries = ImmutableArray.CreateBuilder<ImmutableArray<Value>>();
        var known = new HashSet<string>();
        foreach (var grid in grids)
        {
            var rows = AxisOf(grid, group[0]) is { } axis
                ? axis.Used.Entries.Select(entry => group.Select(slot => entry[axis.Slots.IndexOf(slot)]).ToImmutableArray())
                : [[.. group.Select(slot => grid.Standard[slot])]];
            entries.AddRange(rows.Where(row => known.Add(string.Join(", ", row))));
        }

        return new SweepAxis([.. group.Select(slot => experiment.Hyperparameters[slot])], entries.ToImmutable());
    }
}
