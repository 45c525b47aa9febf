using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Sorts the rows of those matrices whose rows differ much, by their largest number: then every row keeps its relative accuracy when
/// columns are reflected (Cox and Higham 1998). Remembers who was swapped with whom.
/// </summary>
internal sealed unsafe class RowOrder<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const double Much = 16;
    private readonly int rows, columns;
    private readonly LaneArray<double> numbers;
    private readonly double* sizes, swaps;
    private bool isSorted;

    /// <param name="rows">Rows of the matrices.</param>
    /// <param name="columns">Their columns.</param>
    public RowOrder(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        numbers = new LaneArray<double>(2L * rows * TLanes.Count);
        sizes = numbers.Pointer;
        swaps = sizes + rows * TLanes.Count;
    }

    /// <summary>Sorts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(Columns<TLanes> matrix)
    {
        var isUneven = Measure(matrix);
        isSorted = TLanes.Any(isUneven);
        for (var row = 0; row < (isSorted ? rows : 0); row++)
        {
            Sort(matrix, row, isUneven);
        }
    }

    /// <summary>Puts the rows of other vectors where those of the matrices had been.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Undo(Columns<TLanes> vectors)
    {
        for (var row = isSorted ? rows - 1 : -1; row >= 0; row--)
        {
            Swap(vectors, row, TLanes.Load(swaps + row * TLanes.Count));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => numbers.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Measure(Columns<TLanes> matrix)
    {
        TLanes largest = default, least = TLanes.All(double.MaxValue);
        for (var row = 0; row < rows; row++)
        {
            TLanes size = default;
            for (var column = 0; column < columns; column++)
            {
                size = TLanes.Max(size, TLanes.Abs(TLanes.Load(matrix.At(column, row))));
            }

            TLanes.Store(size, sizes + row * TLanes.Count);
            largest = TLanes.Max(largest, size);
            least = TLanes.Select(TLanes.Greater(least, size), size, least);
        }

        return TLanes.Greater(largest, least * TLanes.All(Much));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(Columns<TLanes> matrix, int row, TLanes isUneven)
    {
        TLanes largest = TLanes.Load(sizes + row * TLanes.Count), chosen = TLanes.All(row);
        for (var other = row + 1; other < rows; other++)
        {
            var size = TLanes.Load(sizes + other * TLanes.Count);
            var isLarger = TLanes.Both(isUneven, TLanes.Greater(size, largest));
            largest = TLanes.Select(isLarger, size, largest);
            chosen = TLanes.Select(isLarger, TLanes.All(other), chosen);
        }

        TLanes.Store(chosen, swaps + row * TLanes.Count);
        for (var other = row + 1; other < rows; other++)
        {
            Columns<TLanes>.Swap(sizes + row * TLanes.Count, sizes + other * TLanes.Count, Columns<TLanes>.Is(chosen, other));
        }

        Swap(matrix, row, chosen);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Swap(Columns<TLanes> matrix, int row, TLanes chosen)
    {
        for (var other = row + 1; other < rows; other++)
        {
            var mask = Columns<TLanes>.Is(chosen, other);
            if (TLanes.Any(mask))
            {
                for (var column = 0; column < columns; column++)
                {
                    Columns<TLanes>.Swap(matrix.At(column, row), matrix.At(column, other), mask);
                }
            }
        }
    }
}
