using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>
/// Matrices of every lane times the units of examples: sum over k of w[row, k] u[k, example], in ascending k, from a start.
/// </summary>
/// <remarks>
/// Blocks of up to six rows by four examples, or one by eight (<see cref="RowProduct{TArrangement,TLanes,T}"/>), so that the processor
/// always has a sum to add to while others are on their way. Which sums go together changes no bit of them: each is a fixed sequence of
/// fused multiply-adds.
/// </remarks>
internal static unsafe class Product<TArrangement, TLanes, T>
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All rows of a product.</summary>
    /// <param name="weights">Numbers of the matrices.</param>
    /// <param name="row">Numbers from one row to the next; from one register of rows, where there are several in one.</param>
    /// <param name="column">Numbers from one column to the next.</param>
    /// <param name="units">[terms, examples].</param>
    /// <param name="sums">[rows, examples].</param>
    /// <param name="start">What each row begins with; null for 0.</param>
    /// <param name="rows">How many registers of rows.</param>
    /// <param name="terms">How many terms a sum has.</param>
    /// <param name="examples">A multiple of four.</param>
    /// <param name="end">What is done to a sum.</param>
    public static void Of<TEnd>(
        T* weights, nint row, nint column, Units<T> units, Units<T> sums, T* start, int rows, int terms, int examples, TEnd end)
        where TEnd : struct, IEnding<TLanes, T>
    {
        if (start == null)
        {
            From<FromZero, TEnd>(weights, row, column, units, sums, start, rows, terms, examples, end);
        }
        else
        {
            From<FromBias, TEnd>(weights, row, column, units, sums, start, rows, terms, examples, end);
        }
    }

    private static void From<TStart, TEnd>(
        T* weights, nint row, nint column, Units<T> units, Units<T> sums, T* start, int rows, int terms, int examples, TEnd end)
        where TStart : struct, IStart
        where TEnd : struct, IEnding<TLanes, T>
    {
        // Longer sums are written and gone on with.
        var done = Math.Min(terms, TArrangement.TermsAtOnce);
        if (done == terms)
        {
            Part<TStart, TEnd>(weights, row, column, units, sums, start, rows, terms, examples, end);
            return;
        }

        Part<TStart, AsItIs<TLanes, T>>(weights, row, column, units, sums, start, rows, done, examples, default);
        for (; terms - done > TArrangement.TermsAtOnce; done += TArrangement.TermsAtOnce)
        {
            Part<FromSum, AsItIs<TLanes, T>>(
                weights + done * column, row, column, After(done), sums, null, rows, TArrangement.TermsAtOnce, examples, default);
        }

        Part<FromSum, TEnd>(weights + done * column, row, column, After(done), sums, null, rows, terms - done, examples, end);

        Units<T> After(int term) => new(units.First + term * units.Unit, units.Unit, units.Example);
    }

    private static void Part<TStart, TEnd>(
        T* weights, nint row, nint column, Units<T> units, Units<T> sums, T* start, int rows, int terms, int examples, TEnd end)
        where TStart : struct, IStart
        where TEnd : struct, IEnding<TLanes, T>
    {
        for (var left = rows; left > 0;)
        {
            var taken = RowBlocks.Next(left);
            switch (taken)
            {
                case 1:
                    RowProduct<TArrangement, TLanes, T>.Row<TStart, TEnd>(weights, column, units, sums, start, terms, examples, end);
                    break;
                case 2:
                    Block<TwoRows, TStart, TEnd>(weights, row, column, units, sums, start, terms, examples, end);
                    break;
                case 3:
                    Block<ThreeRows, TStart, TEnd>(weights, row, column, units, sums, start, terms, examples, end);
                    break;
                case 4:
                    Block<FourRows, TStart, TEnd>(weights, row, column, units, sums, start, terms, examples, end);
                    break;
                case 5:
                    Block<FiveRows, TStart, TEnd>(weights, row, column, units, sums, start, terms, examples, end);
                    break;
                default:
                    Block<SixRows, TStart, TEnd>(weights, row, column, units, sums, start, terms, examples, end);
                    break;
            }

            var onward = TArrangement.Row(sums.Unit) * taken;
            weights += taken * row;
            sums = new Units<T>(sums.First + onward, sums.Unit, sums.Example);
            start += taken * TLanes.Count;
            left -= taken;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Block<TRows, TStart, TEnd>(
        T* weights, nint rowStride, nint column, Units<T> units, Units<T> sums, T* start, int terms, int examples, TEnd end)
        where TRows : struct, IRows
        where TStart : struct, IStart
        where TEnd : struct, IEnding<TLanes, T>
    {
        var row = TArrangement.Row(rowStride);
        T* u0 = units.First, s = sums.First;
        nint unit = TArrangement.Unit(units.Unit), next = TArrangement.Step(units.Example);
        var b0 = Bias<TStart>(start, 0);
        var b1 = TRows.Count > 1 ? Bias<TStart>(start, 1) : default;
        var b2 = TRows.Count > 2 ? Bias<TStart>(start, 2) : default;
        var b3 = TRows.Count > 3 ? Bias<TStart>(start, 3) : default;
        var b4 = TRows.Count > 4 ? Bias<TStart>(start, 4) : default;
        var b5 = TRows.Count > 5 ? Bias<TStart>(start, 5) : default;
        for (var example = 0; example < examples; example += 4)
        {
            T* w = weights, u = u0;
            nint below = TArrangement.Row(sums.Unit), beside = TArrangement.Step(sums.Example);
            TLanes s00 = b0, s01 = b0, s02 = b0, s03 = b0;
            TLanes s10 = b1, s11 = b1, s12 = b1, s13 = b1;
            TLanes s20 = b2, s21 = b2, s22 = b2, s23 = b2;
            TLanes s30 = b3, s31 = b3, s32 = b3, s33 = b3;
            TLanes s40 = b4, s41 = b4, s42 = b4, s43 = b4;
            TLanes s50 = b5, s51 = b5, s52 = b5, s53 = b5;
            s00 = TStart.IsSum ? TLanes.Load(s) : s00;
            s01 = TStart.IsSum ? TLanes.Load(s + beside) : s01;
            s02 = TStart.IsSum ? TLanes.Load(s + 2 * beside) : s02;
            s03 = TStart.IsSum ? TLanes.Load(s + 3 * beside) : s03;
            s10 = TStart.IsSum && TRows.Count > 1 ? TLanes.Load(s + below) : s10;
            s11 = TStart.IsSum && TRows.Count > 1 ? TLanes.Load(s + below + beside) : s11;
            s12 = TStart.IsSum && TRows.Count > 1 ? TLanes.Load(s + below + 2 * beside) : s12;
            s13 = TStart.IsSum && TRows.Count > 1 ? TLanes.Load(s + below + 3 * beside) : s13;
            s20 = TStart.IsSum && TRows.Count > 2 ? TLanes.Load(s + 2 * below) : s20;
            s21 = TStart.IsSum && TRows.Count > 2 ? TLanes.Load(s + 2 * below + beside) : s21;
            s22 = TStart.IsSum && TRows.Count > 2 ? TLanes.Load(s + 2 * below + 2 * beside) : s22;
            s23 = TStart.IsSum && TRows.Count > 2 ? TLanes.Load(s + 2 * below + 3 * beside) : s23;
            s30 = TStart.IsSum && TRows.Count > 3 ? TLanes.Load(s + 3 * below) : s30;
            s31 = TStart.IsSum && TRows.Count > 3 ? TLanes.Load(s + 3 * below + beside) : s31;
            s32 = TStart.IsSum && TRows.Count > 3 ? TLanes.Load(s + 3 * below + 2 * beside) : s32;
            s33 = TStart.IsSum && TRows.Count > 3 ? TLanes.Load(s + 3 * below + 3 * beside) : s33;
            s40 = TStart.IsSum && TRows.Count > 4 ? TLanes.Load(s + 4 * below) : s40;
            s41 = TStart.IsSum && TRows.Count > 4 ? TLanes.Load(s + 4 * below + beside) : s41;
            s42 = TStart.IsSum && TRows.Count > 4 ? TLanes.Load(s + 4 * below + 2 * beside) : s42;
            s43 = TStart.IsSum && TRows.Count > 4 ? TLanes.Load(s + 4 * below + 3 * beside) : s43;
            s50 = TStart.IsSum && TRows.Count > 5 ? TLanes.Load(s + 5 * below) : s50;
            s51 = TStart.IsSum && TRows.Count > 5 ? TLanes.Load(s + 5 * below + beside) : s51;
            s52 = TStart.IsSum && TRows.Count > 5 ? TLanes.Load(s + 5 * below + 2 * beside) : s52;
            s53 = TStart.IsSum && TRows.Count > 5 ? TLanes.Load(s + 5 * below + 3 * beside) : s53;
            for (var term = 0; term < terms; term++)
            {
                var w0 = TLanes.Load(w);
                var w1 = TRows.Count > 1 ? TLanes.Load(w + row) : default;
                var w2 = TRows.Count > 2 ? TLanes.Load(w + 2 * row) : default;
                var w3 = TRows.Count > 3 ? TLanes.Load(w + 3 * row) : default;
                var w4 = TRows.Count > 4 ? TLanes.Load(w + 4 * row) : default;
                var w5 = TRows.Count > 5 ? TLanes.Load(w + 5 * row) : default;
                var x = TArrangement.Load(u);
                s00 = TLanes.FusedMultiplyAdd(w0, x, s00);
                s10 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(w1, x, s10) : s10;
                s20 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(w2, x, s20) : s20;
                s30 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(w3, x, s30) : s30;
                s40 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(w4, x, s40) : s40;
                s50 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(w5, x, s50) : s50;
                x = TArrangement.Load(u + next);
                s01 = TLanes.FusedMultiplyAdd(w0, x, s01);
                s11 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(w1, x, s11) : s11;
                s21 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(w2, x, s21) : s21;
                s31 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(w3, x, s31) : s31;
                s41 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(w4, x, s41) : s41;
                s51 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(w5, x, s51) : s51;
                x = TArrangement.Load(u + 2 * next);
                s02 = TLanes.FusedMultiplyAdd(w0, x, s02);
                s12 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(w1, x, s12) : s12;
                s22 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(w2, x, s22) : s22;
                s32 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(w3, x, s32) : s32;
                s42 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(w4, x, s42) : s42;
                s52 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(w5, x, s52) : s52;
                x = TArrangement.Load(u + 3 * next);
                s03 = TLanes.FusedMultiplyAdd(w0, x, s03);
                s13 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(w1, x, s13) : s13;
                s23 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(w2, x, s23) : s23;
                s33 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(w3, x, s33) : s33;
                s43 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(w4, x, s43) : s43;
                s53 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(w5, x, s53) : s53;
                w += column;
                u += unit;
            }

            var (zero, leak) = end.Constants;
            Write(s00, s01, s02, s03, s, beside, end, zero, leak);

            if (TRows.Count > 1)
            {
                Write(s10, s11, s12, s13, s + below, beside, end, zero, leak);
            }

            if (TRows.Count > 2)
            {
                Write(s20, s21, s22, s23, s + 2 * below, beside, end, zero, leak);
            }

            if (TRows.Count > 3)
            {
                Write(s30, s31, s32, s33, s + 3 * below, beside, end, zero, leak);
            }

            if (TRows.Count > 4)
            {
                Write(s40, s41, s42, s43, s + 4 * below, beside, end, zero, leak);
            }

            if (TRows.Count > 5)
            {
                Write(s50, s51, s52, s53, s + 5 * below, beside, end, zero, leak);
            }

            u0 += 4 * next;
            s += 4 * beside;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Bias<TStart>(T* start, int row)
        where TStart : struct, IStart => TStart.IsBias ? TLanes.Load(start + row * TLanes.Count) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write<TEnd>(
        TLanes s0, TLanes s1, TLanes s2, TLanes s3, T* target, nint beside, TEnd end, TLanes zero, TLanes leak)
        where TEnd : struct, IEnding<TLanes, T>
    {
        TLanes.Store(end.Of(s0, target, zero, leak), target);
        TLanes.Store(end.Of(s1, target + beside, zero, leak), target + beside);
        TLanes.Store(end.Of(s2, target + 2 * beside, zero, leak), target + 2 * beside);
        TLanes.Store(end.Of(s3, target + 3 * beside, zero, leak), target + 3 * beside);
    }
}
