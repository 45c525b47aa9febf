using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>Powers of two that bring matrices into the range in which squares neither overflow nor vanish.</summary>
/// <param name="Factor">By this.</param>
/// <param name="Inverse">1 / Factor.</param>
internal readonly record struct Scaling<TLanes>(TLanes Factor, TLanes Inverse)
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const int Step = 200, First = -800, Last = 1000;

    /// <summary>That of matrices whose largest number is at least 2^200 and less than 2^400 then; less where all are tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Scaling<TLanes> Of(TLanes largest)
    {
        var result = new Scaling<TLanes>(TLanes.All(Math.ScaleB(1, Last)), TLanes.All(Math.ScaleB(1, -Last)));
        for (var exponent = Last - Step; exponent >= First; exponent -= Step)
        {
            // With the factor before it would reach the upper end.
            var isLarger = TLanes.Greater(largest, TLanes.All(Math.ScaleB(1, 2 * Step - exponent - Step)));
            result = new Scaling<TLanes>(
                TLanes.Select(isLarger, TLanes.All(Math.ScaleB(1, exponent)), result.Factor),
                TLanes.Select(isLarger, TLanes.All(Math.ScaleB(1, -exponent)), result.Inverse));
        }

        return result;
    }
}
