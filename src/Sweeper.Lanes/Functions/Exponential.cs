using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Functions;

/// <summary>
/// exp of arguments that are not positive, as a softmax has them: the C library's differs from machine to machine. x = k ln 2 + r with
/// |r| at most ln 2 / 2; exp(r) is its Taylor polynomial, of degree 7 in float32 and 13 in float64. Below exp(-87) in
/// float32 and exp(-708) in float64, the last results that are surely normal numbers, it is 0.
/// </summary>
/// <remarks>Within 1.25 units of the last place, held against whole numbers of 1400 bits.</remarks>
internal static class Exponential<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly T[] Coefficients = [.. Terms().Reverse()];

    // Of ln 2 the part whose product with any k is exact, and the rest.
    public static readonly T High = T.CreateChecked(typeof(T) == typeof(float) ? 0.693359375 : 0.693147180369123816490);
    public static readonly T Low = T.CreateChecked(typeof(T) == typeof(float) ? -2.12194440054690583e-4 : 1.90821492927058770002e-10);
    public static readonly T Inverse = T.CreateChecked(1.44269504088896340736);

    // Added to a number, it leaves the nearest whole one in the last bits.
    public static readonly T Shift = typeof(T) == typeof(float) ? T.CreateChecked(12582912.0) : T.CreateChecked(6755399441055744.0);
    public static readonly T Least = typeof(T) == typeof(float) ? T.CreateChecked(-87.0) : T.CreateChecked(-708.0);

    /// <summary>exp(x), x at most 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of(TLanes x)
    {
        var shifted = TLanes.FusedMultiplyAdd(x, TLanes.All(Inverse), TLanes.All(Shift));
        var whole = shifted - TLanes.All(Shift);
        var rest = TLanes.FusedMultiplyAdd(-whole, TLanes.All(Low), TLanes.FusedMultiplyAdd(-whole, TLanes.All(High), x));
        var sum = TLanes.All(Coefficients[0]);
        for (var term = 1; term < Coefficients.Length; term++)
        {
            sum = TLanes.FusedMultiplyAdd(sum, rest, TLanes.All(Coefficients[term]));
        }

        return TLanes.Select(TLanes.Greater(TLanes.All(Least), x), default, sum * TLanes.PowerOfTwo(shifted));
    }

    private static IEnumerable<T> Terms()
    {
        var factorial = 1.0;
        for (var power = 0; power <= (typeof(T) == typeof(float) ? 7 : 13); power++)
        {
            factorial *= Math.Max(1, power);
            yield return T.CreateChecked(1 / factorial);
        }
    }
}
