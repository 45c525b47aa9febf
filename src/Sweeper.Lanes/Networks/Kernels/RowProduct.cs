using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>One register of rows of a <see cref="Product{TArrangement,TLanes,T}"/>.</summary>
internal static unsafe class RowProduct<TArrangement, TLanes, T>
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One row: as many examples at once as keep the processor busy, and four of those that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row<TStart, TEnd>(
        T* weights, nint column, Units<T> units, Units<T> sums, T* start, int terms, int examples, TEnd end)
        where TStart : struct, IStart
        where TEnd : struct, IEnding<TLanes, T>
    {
        nint next = TArrangement.Step(units.Example), beside = TArrangement.Step(sums.Example);
        var example = 0;
        for (; example + 7 < examples; example += 8)
        {
            T* w = weights, u = units.First + example * next, s = sums.First + example * beside;
            var s0 = Start<TStart>(start, s);
            var s1 = Start<TStart>(start, s + beside);
            var s2 = Start<TStart>(start, s + 2 * beside);
            var s3 = Start<TStart>(start, s + 3 * beside);
            var s4 = Start<TStart>(start, s + 4 * beside);
            var s5 = Start<TStart>(start, s + 5 * beside);
            var s6 = Start<TStart>(start, s + 6 * beside);
            var s7 = Start<TStart>(start, s + 7 * beside);
            for (var term = 0; term < terms; term++)
            {
                var w0 = TLanes.Load(w);
                var more = u + 4 * next;
                s0 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(u), s0);
                s1 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(u + next), s1);
                s2 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(u + 2 * next), s2);
                s3 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(u + 3 * next), s3);
                s4 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(more), s4);
                s5 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(more + next), s5);
                s6 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(more + 2 * next), s6);
                s7 = TLanes.FusedMultiplyAdd(w0, TArrangement.Load(more + 3 * next), s7);
                w += column;
                u += TArrangement.Unit(units.Unit);
            }

            var (zero, leak) = end.Constants;
            Product<TArrangement, TLanes, T>.Write(s0, s1, s2, s3, s, beside, end, zero, leak);
            Product<TArrangement, TLanes, T>.Write(s4, s5, s6, s7, s + 4 * beside, beside, end, zero, leak);
        }

        if (example < examples)
        {
            var onward = new Units<T>(units.First + example * next, units.Unit, units.Example);
            var below = new Units<T>(sums.First + example * beside, sums.Unit, sums.Example);
            Product<TArrangement, TLanes, T>.Block<OneRow, TStart, TEnd>(
                weights, 0, column, onward, below, start, terms, examples - example, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Start<TStart>(T* start, T* sum)
        where TStart : struct, IStart => TStart.IsSum ? TLanes.Load(sum) : TStart.IsBias ? TLanes.Load(start) : default;
}
