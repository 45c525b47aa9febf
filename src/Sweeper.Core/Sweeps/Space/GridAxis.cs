using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>
/// One axis of a grid as rows of values. A conditional name also has rows with the value that it takes elsewhere, so that
/// every point stands at one place and the values of a place do not depend on other axes: a condition only forbids places.
/// </summary>
internal sealed class GridAxis
{
    private readonly ImmutableArray<int> slots;
    private readonly ImmutableArray<Condition> conditions;
    private readonly ImmutableArray<ImmutableArray<Value>> rows;
    // [which conditions do not hold, as bits][row]
    private readonly bool[][] allowed = [];
    private readonly bool[] used;
    private readonly Lazy<Dictionary<int, ImmutableArray<int>>> rowsByHash;

    /// <param name="axis">As the file says it.</param>
    /// <param name="experiment">Whose axis.</param>
    /// <param name="conditions">All conditions of the sweep.</param>
    public GridAxis(SweepAxis axis, ExperimentDeclaration experiment, ImmutableArray<Condition> conditions)
    {
        Declared = axis;
        slots = [.. axis.Hyperparameters.Select(declared => experiment.IndexOf(declared.Name))];
        this.conditions = [.. conditions.Where(condition => slots.Contains(condition.Slot))];
        rows = axis.Entries;
        if (this.conditions.Length > 0)
        {
            (rows, allowed) = Extend();
        }

        used = new bool[rows.Length];
        rowsByHash = new(() => Enumerable.Range(0, rows.Length).GroupBy(HashOf)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray()));
    }

    /// <summary>The axis as the file says it.</summary>
    public SweepAxis Declared { get; }

    /// <summary>Places of its hyperparameters in the declaration.</summary>
    public ImmutableArray<int> Slots => slots;

    /// <summary>Number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>The axis with all of its rows.</summary>
    public SweepAxis All => Declared with { Entries = rows };

    /// <summary>The axis with the rows that are part of a point.</summary>
    public SweepAxis Used => Declared with { Entries = [.. rows.Where((_, row) => used[row])] };

    /// <summary>Puts a row into its places of a point.</summary>
    public void Place(int row, Span<Value> values)
    {
        var entry = rows[row];
        for (var column = 0; column < slots.Length; column++)
        {
            values[slots[column]] = entry[column];
        }
    }

    /// <summary>Whether a row may stand beside the other values of a point.</summary>
    public bool Allows(int row, ReadOnlySpan<Value> values)
    {
        if (conditions.IsEmpty)
        {
            return true;
        }

        var elsewhere = 0;
        for (var i = 0; i < conditions.Length; i++)
        {
            elsewhere |= conditions[i].Predicate.Holds(values, 0) ? 0 : 1 << i;
        }

        return allowed[elsewhere][row];
    }

    /// <summary>Records that a row is part of a point.</summary>
    public void Use(int row) => used[row] = true;

    /// <summary>The row with a point's values, or -1.</summary>
    public int Find(ReadOnlySpan<Value> values)
    {
        var hash = new HashCode();
        foreach (var slot in slots)
        {
            hash.Add(values[slot]);
        }

        if (rowsByHash.Value.TryGetValue(hash.ToHashCode(), out var candidates))
        {
            foreach (var row in candidates)
            {
                var isEqual = true;
                for (var column = 0; isEqual && column < slots.Length; column++)
                {
                    isEqual = rows[row][column].Equals(values[slots[column]]);
                }

                if (isEqual)
                {
                    return row;
                }
            }
        }

        return -1;
    }

    /// <summary>Whether it gives a hyperparameter its values.</summary>
    public bool Has(int slot) => slots.Contains(slot);

    private int HashOf(int row)
    {
        var hash = new HashCode();
        foreach (var value in rows[row])
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private (ImmutableArray<ImmutableArray<Value>> Rows, bool[][] Allowed) Extend()
    {
        var all = Declared.Entries.ToList();
        var known = all.Select(Key).ToHashSet();
        var keys = new HashSet<string>[1 << conditions.Length];
        for (var mask = 0; mask < keys.Length; mask++)
        {
            var replaced = Declared.Entries.Select(entry => Replace(entry, mask)).ToList();
            keys[mask] = [.. replaced.Select(Key)];
            all.AddRange(replaced.Where(row => known.Add(Key(row))));
        }

        return ([.. all], [.. keys.Select(of => all.Select(row => of.Contains(Key(row))).ToArray())]);
    }

    private ImmutableArray<Value> Replace(ImmutableArray<Value> entry, int mask)
    {
        var replaced = entry.ToBuilder();
        for (var i = 0; i < conditions.Length; i++)
        {
            if ((mask & (1 << i)) != 0)
            {
                replaced[slots.IndexOf(conditions[i].Slot)] = conditions[i].Elsewhere;
            }
        }

        return replaced.MoveToImmutable();
    }

    private static string Key(ImmutableArray<Value> row) => string.Join(", ", row);
}
