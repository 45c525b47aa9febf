using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>Sums of squared errors of every lane.</summary>
internal static unsafe class SquaredErrors<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Adds (output - target)^2 of examples. Those of a tile are summed from 0, example by example and unit by unit, by fused
    /// multiply-adds, and the tiles are added in order. Two tiles are summed side by side, so that the processor has something to do
    /// while a sum is on its way.
    /// </summary>
    /// <param name="outputs">[unit][example][lane].</param>
    /// <param name="targets">The same.</param>
    /// <param name="unit">Numbers from one unit to the next.</param>
    /// <param name="units">How many.</param>
    /// <param name="examples">How many, beginning with a tile.</param>
    /// <param name="sum">What it is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLanes Add(T* outputs, T* targets, nint unit, int units, int examples, TLanes sum)
    {
        nint tile = WeightGradient.Tile * TLanes.Count, end = examples * TLanes.Count;
        for (nint begin = 0; begin < end; begin += 2 * tile)
        {
            TLanes first = default, second = default;
            var example = begin;
            for (; example + tile < Math.Min(begin + 2 * tile, end); example += TLanes.Count)
            {
                for (var place = example; place < example + units * unit; place += unit)
                {
                    first = Plus(first, outputs + place, targets + place);
                    second = Plus(second, outputs + place + tile, targets + place + tile);
                }
            }

            for (; example < Math.Min(begin + tile, end); example += TLanes.Count)
            {
                for (var place = example; place < example + units * unit; place += unit)
                {
                    first = Plus(first, outputs + place, targets + place);
                }
            }

            sum += first;
            sum = begin + tile < end ? sum + second : sum;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Plus(TLanes sum, T* output, T* target)
    {
        var error = TLanes.Load(output) - TLanes.Load(target);
        return TLanes.FusedMultiplyAdd(error, error, sum);
    }
}
