using Sweeper.Core.Measurements;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Curves;

/// <summary>What the numbers of several trials have in common: all of a row but trial and value.</summary>
internal readonly record struct Cell(long Step, SeriesKey Series, int Index) : IComparable<Cell>
{
    /// <summary>Order of rows in all files.</summary>
    public int CompareTo(Cell other)
    {
        var order = Step.CompareTo(other.Step);
        if (order != 0)
        {
            return order;
        }

        if (ReferenceEquals(Series, other.Series))
        {
            return Index.CompareTo(other.Index);
        }

        order = RowOrder.CompareQuantity(Series, other.Series);
        order = order != 0 ? order : Index.CompareTo(other.Index);
        return order != 0 ? order : RowOrder.CompareOrigin(Series, other.Series);
    }
}

/// <summary>The numbers of one cell.</summary>
/// <param name="Cell">What they are.</param>
/// <param name="Ranks">Trials, ascending (see <see cref="TrialTable"/>).</param>
/// <param name="Values">Aligned with <paramref name="Ranks"/>; NaN where undefined. Valid until the next cell is asked for.</param>
internal readonly record struct CellRows(Cell Cell, ReadOnlyMemory<int> Ranks, ReadOnlyMemory<double> Values);
