using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Functions;

/// <summary>1 / (1 + e^(-x)), with an exponential of what is not positive: it never overflows, however large x is.</summary>
internal static class Sigmoid<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of -x: what of the slope of ln(1 + e^(-x)) is left at a margin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OfMinus(TLanes x)
    {
        TLanes small = Exponential<TLanes, T>.Of(-TLanes.Abs(x)), one = TLanes.All(T.One);
        return TLanes.Select(TLanes.Greater(x, default), small, one) / (one + small);
    }
}
