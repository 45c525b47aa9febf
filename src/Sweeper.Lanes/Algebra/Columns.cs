using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>A matrix of every lane, a column after the other: [column][row][lane].</summary>
/// <param name="first">The first number.</param>
/// <param name="rows">Rows.</param>
internal readonly unsafe struct Columns<TLanes>(double* first, int rows)
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private readonly double* first = first;

    /// <summary>How many rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>From a column to the next, in registers.</summary>
    private int Stride { get; } = StrideOf(rows);

    /// <summary>Registers that so many columns take.</summary>
    public static long SizeOf(int rows, int columns) => (long)StrideOf(rows) * columns;

    /// <summary>A column, from one of its rows on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double* At(int column, int row = 0) => first + ((nint)column * Stride + row) * TLanes.Count;

    /// <summary>x . y of two columns; even and odd rows are summed for themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Dot(double* x, double* y, int rows)
    {
        TLanes even = default, odd = default;
        var row = 0;
        for (; row + 1 < rows; row += 2)
        {
            even = TLanes.FusedMultiplyAdd(TLanes.Load(x), TLanes.Load(y), even);
            odd = TLanes.FusedMultiplyAdd(TLanes.Load(x + TLanes.Count), TLanes.Load(y + TLanes.Count), odd);
            x += 2 * TLanes.Count;
            y += 2 * TLanes.Count;
        }

        return (row < rows ? TLanes.FusedMultiplyAdd(TLanes.Load(x), TLanes.Load(y), even) : even) + odd;
    }

    /// <summary>y += factor * x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(TLanes factor, double* x, double* y, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            TLanes.Store(TLanes.FusedMultiplyAdd(factor, TLanes.Load(x), TLanes.Load(y)), y);
            x += TLanes.Count;
            y += TLanes.Count;
        }
    }

    /// <summary>Where an index, as a number, is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Is(TLanes index, int value) =>
        TLanes.Both(TLanes.Greater(index, TLanes.All(value - 0.5)), TLanes.Greater(TLanes.All(value + 0.5), index));

    /// <summary>Swaps two columns where the mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Swap(double* x, double* y, int rows, TLanes mask)
    {
        for (var row = 0; row < rows; row++)
        {
            Swap(x + row * TLanes.Count, y + row * TLanes.Count, mask);
        }
    }

    /// <summary>Swaps two numbers where the mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(double* x, double* y, TLanes mask)
    {
        TLanes a = TLanes.Load(x), b = TLanes.Load(y);
        TLanes.Store(TLanes.Select(mask, b, a), x);
        TLanes.Store(TLanes.Select(mask, a, b), y);
    }

    // A power of two would put the same row of all columns into the same few places of the cache.
    private static int StrideOf(int rows) => rows | 1;
}
