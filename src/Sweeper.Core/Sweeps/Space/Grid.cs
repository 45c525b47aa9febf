using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>
/// The product of axes over one base point, never materialised: a place is read as digits of a mixed radix, static axes
/// first. Conditions forbid some of the places.
/// </summary>
internal sealed class Grid
{
    private readonly ExperimentDeclaration experiment;
    private readonly ImmutableArray<Value> standard;
    private readonly ImmutableArray<GridAxis> axes;
    private readonly ImmutableArray<int> constantSlots;
    private readonly ImmutableArray<int> sweptSlots;

    /// <param name="experiment">Whose points.</param>
    /// <param name="content">Fixed values and axes.</param>
    /// <param name="conditions">All conditions of the sweep.</param>
    public Grid(ExperimentDeclaration experiment, GridContent content, ImmutableArray<Condition> conditions)
    {
        this.experiment = experiment;
        standard = content.Standard(experiment);
        // Static axes first; the order of the declaration within each kind.
        axes = [.. content.Axes.OrderBy(axis => !axis.IsStatic).Select(axis => new GridAxis(axis, experiment, conditions))];
        sweptSlots = [.. Enumerable.Range(0, standard.Length).Where(slot => axes.Any(axis => axis.Has(slot)))];
        constantSlots = [.. Enumerable.Range(0, standard.Length).Except(sweptSlots)];
        StaticCount = Product(axes.Where(axis => axis.Declared.IsStatic));
        BatchedCount = Product(axes.Where(axis => !axis.Declared.IsStatic));
        CombinationCount = content.Axes.Aggregate(1L, (product, axis) => checked(product * axis.Count));
    }

    /// <summary>Its axes, static ones first.</summary>
    public ImmutableArray<GridAxis> Axes => axes;

    /// <summary>Value of every hyperparameter where no axis gives one.</summary>
    public ImmutableArray<Value> Standard => standard;

    /// <summary>Number of combinations of static rows; 1 without any.</summary>
    public long StaticCount { get; }

    /// <summary>Number of combinations of batched rows; 1 without any.</summary>
    public long BatchedCount { get; }

    /// <summary>Number of places.</summary>
    public long PlaceCount => StaticCount * BatchedCount;

    /// <summary>Number of combinations that the file lists, before any condition.</summary>
    public long CombinationCount { get; }

    /// <summary>The point at a place.</summary>
    public Point At(long place)
    {
        var values = standard.ToArray();
        Fill(place, values, stackalloc int[axes.Length]);
        return PointOf(values);
    }

    /// <summary>The point that has these values, and goes on having them when they are written over.</summary>
    public Point PointOf(Value[] values) => new(experiment, ImmutableCollectionsMarshal.AsImmutableArray(values)) { Swept = sweptSlots };

    /// <summary>Writes the values of a place over those of another place of this grid, and its rows beside them.</summary>
    public void Fill(long place, Span<Value> values, Span<int> rows)
    {
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            (place, var row) = Math.DivRem(place, axes[i].Count);
            rows[i] = (int)row;
            axes[i].Place(rows[i], values);
        }
    }

    /// <summary>Whether every condition lets these rows stand together.</summary>
    public bool Allows(ReadOnlySpan<int> rows, ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (!axes[i].Allows(rows[i], values))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a point of another grid is one of this grid's too.</summary>
    public bool Contains(ReadOnlySpan<Value> values)
    {
        foreach (var slot in constantSlots)
        {
            if (!values[slot].Equals(standard[slot]))
            {
                return false;
            }
        }

        foreach (var axis in axes)
        {
            if (axis.Find(values) is var row && (row < 0 || !axis.Allows(row, values)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Records that rows are part of a point.</summary>
    public void Use(ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            axes[i].Use(rows[i]);
        }
    }

    private static long Product(IEnumerable<GridAxis> axes) => axes.Aggregate(1L, (product, axis) => checked(product * axis.Count));
}
