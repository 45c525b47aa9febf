using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Functions;

/// <summary>
/// ln(1 + e^x) as max(x, 0) + ln(1 + s), s = e^-|x|, which never overflows: ln(1 + s) is 2 artanh(s / (2 + s)), by its series, whose terms
/// fall at least ninefold.
/// </summary>
/// <remarks>Within three units of the last place.</remarks>
internal static class Softplus<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The first term that is left out is less than half a unit in the last place.
    private static readonly T[] Coefficients =
        [.. Enumerable.Range(0, typeof(T) == typeof(float) ? 8 : 17).Reverse().Select(term => T.CreateChecked(1.0 / (2 * term + 1)))];

    /// <summary>Of -x: the logistic loss at a margin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OfMinus(TLanes x)
    {
        var small = Exponential<TLanes, T>.Of(-TLanes.Abs(x));
        TLanes slope = small / (small + TLanes.All(T.CreateChecked(2))), square = slope * slope, sum = TLanes.All(Coefficients[0]);
        for (var term = 1; term < Coefficients.Length; term++)
        {
            sum = TLanes.FusedMultiplyAdd(sum, square, TLanes.All(Coefficients[term]));
        }

        return TLanes.FusedMultiplyAdd(slope + slope, sum, TLanes.Select(TLanes.Greater(x, default), default, -x));
    }
}
