using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Products;

/// <summary>Operations on rows in blocks of <see cref="Rows.Block"/>.</summary>
internal static unsafe class RowKernel<TLanes>
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const int Part = Rows.Block / 4;

    /// <summary>
    /// x . y. There are as many sums as a block has numbers, whatever the register; these are added in one order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* x, double* y, int length)
    {
        var sums = stackalloc double[Part];
        for (var at = 0; at < Part; at += TLanes.Count)
        {
            TLanes a = default, b = default, c = default, d = default;
            for (var place = at; place < length; place += Rows.Block)
            {
                a = TLanes.FusedMultiplyAdd(TLanes.Load(x + place), TLanes.Load(y + place), a);
                b = TLanes.FusedMultiplyAdd(TLanes.Load(x + place + Part), TLanes.Load(y + place + Part), b);
                c = TLanes.FusedMultiplyAdd(TLanes.Load(x + place + 2 * Part), TLanes.Load(y + place + 2 * Part), c);
                d = TLanes.FusedMultiplyAdd(TLanes.Load(x + place + 3 * Part), TLanes.Load(y + place + 3 * Part), d);
            }

            TLanes.Store(a + b + (c + d), sums + at);
        }

        return sums[0] + sums[1] + (sums[2] + sums[3]) + (sums[4] + sums[5] + (sums[6] + sums[7]));
    }

    /// <summary>(x, y) becomes (left x + across y, back x + left y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(double* x, double* y, double left, double across, double back, int length)
    {
        TLanes cosine = TLanes.All(left), into = TLanes.All(across), outOf = TLanes.All(back);
        for (var place = 0; place < length; place += TLanes.Count)
        {
            TLanes a = TLanes.Load(x + place), b = TLanes.Load(y + place);
            TLanes.Store(TLanes.FusedMultiplyAdd(into, b, cosine * a), x + place);
            TLanes.Store(TLanes.FusedMultiplyAdd(outOf, a, cosine * b), y + place);
        }
    }

    /// <summary>The largest size of a number.</summary>
    public static double Largest(double* x, int length)
    {
        var numbers = stackalloc double[TLanes.Count];
        TLanes largest = default;
        for (var place = 0; place < length; place += TLanes.Count)
        {
            largest = TLanes.Max(largest, TLanes.Abs(TLanes.Load(x + place)));
        }

        TLanes.Store(largest, numbers);
        var result = 0.0;
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            result = Math.Max(result, numbers[lane]);
        }

        return result;
    }

    /// <summary>x times a number.</summary>
    public static void Scale(double* x, double factor, int length)
    {
        var all = TLanes.All(factor);
        for (var place = 0; place < length; place += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(x + place) * all, x + place);
        }
    }

    /// <summary>target = the sum of factors times rows.</summary>
    /// <param name="factors">One a row.</param>
    /// <param name="rows">Rows, of which the first may be the target.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">Takes it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(double* factors, Rows rows, int first, int count, double* target)
    {
        for (var place = 0; place < rows.Length; place += 4 * TLanes.Count)
        {
            TLanes a = default, b = default, c = default, d = default;
            for (var row = 0; row < count; row++)
            {
                var factor = TLanes.All(factors[row]);
                var source = rows.At(first + row, place);
                a = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source), a);
                b = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source + TLanes.Count), b);
                c = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source + 2 * TLanes.Count), c);
                d = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source + 3 * TLanes.Count), d);
            }

            TLanes.Store(a, target + place);
            TLanes.Store(b, target + place + TLanes.Count);
            TLanes.Store(c, target + place + 2 * TLanes.Count);
            TLanes.Store(d, target + place + 3 * TLanes.Count);
        }
    }

    /// <summary>Target = left * right, four rows at a time.</summary>
    /// <param name="left">[rows][inner], one row after the other; as many rows as a multiple of four, or more.</param>
    /// <param name="right">As many rows as inner.</param>
    /// <param name="target">Takes it.</param>
    /// <param name="rows">How many rows, rounded up to a multiple of four.</param>
    /// <param name="inner">How many terms.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* left, Rows right, Rows target, int rows, int inner)
    {
        for (var place = 0; place < right.Length; place += 2 * TLanes.Count)
        {
            for (var row = 0; row < rows; row += 4)
            {
                TLanes a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
                double* first = left + (nint)row * inner, second = first + inner, third = second + inner, fourth = third + inner;
                for (var term = 0; term < inner; term++)
                {
                    var source = right.At(term, place);
                    TLanes x = TLanes.Load(source), y = TLanes.Load(source + TLanes.Count);
                    var factor = TLanes.All(first[term]);
                    a0 = TLanes.FusedMultiplyAdd(factor, x, a0);
                    a1 = TLanes.FusedMultiplyAdd(factor, y, a1);
                    factor = TLanes.All(second[term]);
                    b0 = TLanes.FusedMultiplyAdd(factor, x, b0);
                    b1 = TLanes.FusedMultiplyAdd(factor, y, b1);
                    factor = TLanes.All(third[term]);
                    c0 = TLanes.FusedMultiplyAdd(factor, x, c0);
                    c1 = TLanes.FusedMultiplyAdd(factor, y, c1);
                    factor = TLanes.All(fourth[term]);
                    d0 = TLanes.FusedMultiplyAdd(factor, x, d0);
                    d1 = TLanes.FusedMultiplyAdd(factor, y, d1);
                }

                Store(a0, a1, target.At(row, place));
                Store(b0, b1, target.At(row + 1, place));
                Store(c0, c1, target.At(row + 2, place));
                Store(d0, d1, target.At(row + 3, place));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TLanes first, TLanes second, double* target)
    {
        TLanes.Store(first, target);
        TLanes.Store(second, target + TLanes.Count);
    }
}
