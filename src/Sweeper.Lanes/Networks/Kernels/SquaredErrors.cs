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
    /// Adds (output - target)^2 of a tile of examples: summed from 0, example by example and unit by unit, by fused multiply-adds.
    /// </summary>
    /// <param name="outputs">[unit][example][lane].</param>
    /// <param name="targets">The same.</param>
    /// <param name="unit">Numbers from one unit to the next.</param>
    /// <param name="units">How many.</param>
    /// <param name="examples">At most a tile.</param>
    /// <param name="sum">What it is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLanes Add(T* outputs, T* targets, nint unit, int units, int examples, TLanes sum)
    {
        var tile = default(TLanes);
        for (nint example = 0; example < examples * TLanes.Count; example += TLanes.Count)
        {
            for (var row = 0; row < units; row++)
            {
                var place = example + row * unit;
                var error = TLanes.Load(outputs + place) - TLanes.Load(targets + place);
                tile = TLanes.FusedMultiplyAdd(error, error, tile);
            }
        }

        return sum + tile;
    }
}
