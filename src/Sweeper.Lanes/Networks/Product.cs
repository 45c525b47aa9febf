using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Matrices of every lane times the units of examples: sum over k of w[row, k] u[k, example], in ascending k, from a start.
/// </summary>
/// <remarks>
/// Twelve sums at once, so that the processor always has some to add to while others are on their way: three rows by four examples. Which
/// sums go together changes no bit of them: each is a fixed sequence of fused multiply-adds.
/// </remarks>
internal static unsafe class Product<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All rows of a product.</summary>
    /// <param name="weights">Numbers of the matrices.</param>
    /// <param name="row">Numbers from one row to the next.</param>
    /// <param name="column">Numbers from one column to the next.</param>
    /// <param name="units">[terms, examples] of every lane.</param>
    /// <param name="unit">Numbers from one unit to the next, of units and of sums.</param>
    /// <param name="sums">[rows, examples] of every lane.</param>
    /// <param name="start">What each row begins with; null for 0.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="terms">How many terms a sum has.</param>
    /// <param name="examples">A multiple of four.</param>
    /// <param name="end">What is done to a sum.</param>
    public static void Of<TEnd>(
        T* weights, nint row, nint column, T* units, nint unit, T* sums, T* start, int rows, int terms, int examples, TEnd end)
        where TEnd : struct, IEnding<TLanes, T>
    {
        for (var left = rows; left > 0;)
        {
            var taken = Rows.Next(left);
            switch (taken)
            {
                case 3:
                    Rows3(weights, row, column, units, unit, sums, start, terms, examples, end);
                    break;
                case 2:
                    Rows2(weights, row, column, units, unit, sums, start, terms, examples, end);
                    break;
                default:
                    Rows1(weights, row, column, units, unit, sums, start, terms, examples, end);
                    break;
            }

            weights += taken * row;
            sums += taken * unit;
            start = start == null ? null : start + taken * TLanes.Count;
            left -= taken;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3<TEnd>(
        T* weights, nint row, nint column, T* units, nint unit, T* sums, T* start, int terms, int examples, TEnd end)
        where TEnd : struct, IEnding<TLanes, T>
    {
        var b0 = start == null ? default : TLanes.Load(start);
        var b1 = start == null ? default : TLanes.Load(start + TLanes.Count);
        var b2 = start == null ? default : TLanes.Load(start + 2 * TLanes.Count);
        for (var example = 0; example < examples; example += 4)
        {
            T* w = weights, u = units;
            TLanes s00 = b0, s01 = b0, s02 = b0, s03 = b0, s10 = b1, s11 = b1, s12 = b1, s13 = b1, s20 = b2, s21 = b2, s22 = b2, s23 = b2;
            for (var term = 0; term < terms; term++)
            {
                var w0 = TLanes.Load(w);
                var w1 = TLanes.Load(w + row);
                var w2 = TLanes.Load(w + 2 * row);
                var x = TLanes.Load(u);
                s00 = TLanes.FusedMultiplyAdd(w0, x, s00);
                s10 = TLanes.FusedMultiplyAdd(w1, x, s10);
                s20 = TLanes.FusedMultiplyAdd(w2, x, s20);
                x = TLanes.Load(u + TLanes.Count);
                s01 = TLanes.FusedMultiplyAdd(w0, x, s01);
                s11 = TLanes.FusedMultiplyAdd(w1, x, s11);
                s21 = TLanes.FusedMultiplyAdd(w2, x, s21);
                x = TLanes.Load(u + 2 * TLanes.Count);
                s02 = TLanes.FusedMultiplyAdd(w0, x, s02);
                s12 = TLanes.FusedMultiplyAdd(w1, x, s12);
                s22 = TLanes.FusedMultiplyAdd(w2, x, s22);
                x = TLanes.Load(u + 3 * TLanes.Count);
                s03 = TLanes.FusedMultiplyAdd(w0, x, s03);
                s13 = TLanes.FusedMultiplyAdd(w1, x, s13);
                s23 = TLanes.FusedMultiplyAdd(w2, x, s23);
                w += column;
                u += unit;
            }

            Write(s00, sums, end);
            Write(s01, sums + TLanes.Count, end);
            Write(s02, sums + 2 * TLanes.Count, end);
            Write(s03, sums + 3 * TLanes.Count, end);
            Write(s10, sums + unit, end);
            Write(s11, sums + unit + TLanes.Count, end);
            Write(s12, sums + unit + 2 * TLanes.Count, end);
            Write(s13, sums + unit + 3 * TLanes.Count, end);
            Write(s20, sums + 2 * unit, end);
            Write(s21, sums + 2 * unit + TLanes.Count, end);
            Write(s22, sums + 2 * unit + 2 * TLanes.Count, end);
            Write(s23, sums + 2 * unit + 3 * TLanes.Count, end);
            units += 4 * TLanes.Count;
            sums += 4 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2<TEnd>(
        T* weights, nint row, nint column, T* units, nint unit, T* sums, T* start, int terms, int examples, TEnd end)
        where TEnd : struct, IEnding<TLanes, T>
    {
        var b0 = start == null ? default : TLanes.Load(start);
        var b1 = start == null ? default : TLanes.Load(start + TLanes.Count);
        for (var example = 0; example < examples; example += 4)
        {
            T* w = weights, u = units;
            TLanes s00 = b0, s01 = b0, s02 = b0, s03 = b0, s10 = b1, s11 = b1, s12 = b1, s13 = b1;
            for (var term = 0; term < terms; term++)
            {
                var w0 = TLanes.Load(w);
                var w1 = TLanes.Load(w + row);
                var x = TLanes.Load(u);
                s00 = TLanes.FusedMultiplyAdd(w0, x, s00);
                s10 = TLanes.FusedMultiplyAdd(w1, x, s10);
                x = TLanes.Load(u + TLanes.Count);
                s01 = TLanes.FusedMultiplyAdd(w0, x, s01);
                s11 = TLanes.FusedMultiplyAdd(w1, x, s11);
                x = TLanes.Load(u + 2 * TLanes.Count);
                s02 = TLanes.FusedMultiplyAdd(w0, x, s02);
                s12 = TLanes.FusedMultiplyAdd(w1, x, s12);
                x = TLanes.Load(u + 3 * TLanes.Count);
                s03 = TLanes.FusedMultiplyAdd(w0, x, s03);
                s13 = TLanes.FusedMultiplyAdd(w1, x, s13);
                w += column;
                u += unit;
            }

            Write(s00, sums, end);
            Write(s01, sums + TLanes.Count, end);
            Write(s02, sums + 2 * TLanes.Count, end);
            Write(s03, sums + 3 * TLanes.Count, end);
            Write(s10, sums + unit, end);
            Write(s11, sums + unit + TLanes.Count, end);
            Write(s12, sums + unit + 2 * TLanes.Count, end);
            Write(s13, sums + unit + 3 * TLanes.Count, end);
            units += 4 * TLanes.Count;
            sums += 4 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1<TEnd>(
        T* weights, nint row, nint column, T* units, nint unit, T* sums, T* start, int terms, int examples, TEnd end)
        where TEnd : struct, IEnding<TLanes, T>
    {
        var b0 = start == null ? default : TLanes.Load(start);
        for (var example = 0; example < examples; example += 4)
        {
            T* w = weights, u = units;
            TLanes s00 = b0, s01 = b0, s02 = b0, s03 = b0;
            for (var term = 0; term < terms; term++)
            {
                var w0 = TLanes.Load(w);
                var x = TLanes.Load(u);
                s00 = TLanes.FusedMultiplyAdd(w0, x, s00);
                x = TLanes.Load(u + TLanes.Count);
                s01 = TLanes.FusedMultiplyAdd(w0, x, s01);
                x = TLanes.Load(u + 2 * TLanes.Count);
                s02 = TLanes.FusedMultiplyAdd(w0, x, s02);
                x = TLanes.Load(u + 3 * TLanes.Count);
                s03 = TLanes.FusedMultiplyAdd(w0, x, s03);
                w += column;
                u += unit;
            }

            Write(s00, sums, end);
            Write(s01, sums + TLanes.Count, end);
            Write(s02, sums + 2 * TLanes.Count, end);
            Write(s03, sums + 3 * TLanes.Count, end);
            units += 4 * TLanes.Count;
            sums += 4 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TEnd>(TLanes sum, T* target, TEnd end)
        where TEnd : struct, IEnding<TLanes, T> => TLanes.Store(end.Of(sum, target), target);
}
