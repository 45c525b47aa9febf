using System.Numerics;

namespace Sweeper.Results.Curves;

/// <summary>Brings the parts of one cell, each ascending in rank, into one ascending list.</summary>
/// <param name="trials">Number of ranks.</param>
internal sealed class CellBuffer(int trials)
{
    private readonly ulong[] present = new ulong[(trials + 63) / 64];
    private readonly double[] scattered = new double[trials];
    private readonly int[] ranks = new int[trials];
    private readonly double[] values = new double[trials];
    private int count;
    private bool isAscending = true;

    /// <summary>Adds a part. No trial may come twice.</summary>
    public void Add(CellRows part)
    {
        var added = part.Ranks.Span;
        if (count + added.Length > trials)
        {
            throw new InvalidOperationException($"{part.Cell} has more values than trials");
        }

        isAscending &= count == 0 || added.IsEmpty || ranks[count - 1] < added[0];
        added.CopyTo(ranks.AsSpan(count));
        part.Values.Span.CopyTo(values.AsSpan(count));
        count += added.Length;
    }

    /// <summary>The whole cell; the buffer starts anew.</summary>
    public CellRows Take(Cell cell)
    {
        if (!isAscending)
        {
            Sort(cell);
        }

        var taken = new CellRows(cell, ranks.AsMemory(0, count), values.AsMemory(0, count));
        count = 0;
        isAscending = true;
        return taken;
    }

    private void Sort(Cell cell)
    {
        for (var i = 0; i < count; i++)
        {
            present[ranks[i] >> 6] |= 1UL << ranks[i];
            scattered[ranks[i]] = values[i];
        }

        var place = 0;
        for (var word = 0; word < present.Length; word++)
        {
            for (var bits = present[word]; bits != 0; bits &= bits - 1)
            {
                ranks[place] = (word << 6) + BitOperations.TrailingZeroCount(bits);
                values[place] = scattered[ranks[place]];
                place++;
            }

            present[word] = 0;
        }

        if (place != count)
        {
            throw new InvalidOperationException($"{cell} has two values of one trial");
        }
    }
}
