using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>Sums of logistic losses of every lane.</summary>
internal static unsafe class LogisticLosses<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Adds ln(1 + e^(-y f)) of examples with outputs f and targets y. Those of a tile are summed from 0, example by example, and the tiles
    /// are added in order.
    /// </summary>
    /// <param name="outputs">[example][lane].</param>
    /// <param name="targets">The same.</param>
    /// <param name="examples">How many, beginning with a tile.</param>
    /// <param name="sum">What it is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLanes Add(T* outputs, T* targets, int examples, TLanes sum)
    {
        nint tile = WeightGradient.Tile * TLanes.Count, end = examples * TLanes.Count;
        for (nint begin = 0; begin < end; begin += tile)
        {
            var part = default(TLanes);
            for (var at = begin; at < Math.Min(begin + tile, end); at += TLanes.Count)
            {
                part += Softplus<TLanes, T>.OfMinus(TLanes.Load(outputs + at) * TLanes.Load(targets + at));
            }

            sum += part;
        }

        return sum;
    }
}
