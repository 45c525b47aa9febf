using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Makes two columns x, y orthogonal, by at most 45 degrees. The columns that are meant are these times the roots of their scales; so a
/// rotation needs no cosines (Gentleman 1973): x' = x + Left y, y' = y + Right x, and its cosine goes into the scales.
/// </summary>
/// <param name="Left">0 where they are orthogonal.</param>
/// <param name="Right">0 where they are orthogonal.</param>
internal readonly record struct Rotation<TLanes>(TLanes Left, TLanes Right)
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>Finds it, and notes what it makes of the columns' measures.</summary>
    /// <param name="x">Measures of x.</param>
    /// <param name="y">Measures of y.</param>
    /// <param name="product">x . y.</param>
    /// <param name="tolerance">Square of the cosine below which they count as orthogonal; infinite where nothing is to be turned.</param>
    /// <param name="rotation">What was found.</param>
    /// <returns>Whether some are to be rotated.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Find(
        ColumnMeasures<TLanes> x, ColumnMeasures<TLanes> y, TLanes product, TLanes tolerance, out Rotation<TLanes> rotation)
    {
        TLanes a = x.Square, b = y.Square;
        var mask = TLanes.Greater(product * product, tolerance * (a * b));
        if (!TLanes.Any(mask))
        {
            rotation = default;
            return false;
        }

        // With the scales s, t of x, y and r = t / s, tan 2 angle is 2 sqrt(r) x.y / (x.x - r y.y). What goes into y is
        // - tan angle / sqrt(r): some digits of it will do, as long as everything else follows from it exactly.
        var ratio = y.Scale * x.Inverse;
        TLanes difference = ratio * b - a, twice = product + product;
        var square = TLanes.FusedMultiplyAdd(twice * twice, ratio, difference * difference);
        TLanes inverse = InverseSqrt<TLanes>.Roughly(square), size = TLanes.Abs(difference);
        var right = TLanes.Both(mask, TLanes.TimesSign(twice, difference) / TLanes.FusedMultiplyAdd(square, inverse, size));
        var left = -(ratio * right);
        var stretch = TLanes.FusedMultiplyAdd(right * right, ratio, TLanes.All(1));
        // Its inverse is the square of the angle's cosine, (1 + cos 2 angle) / 2.
        var half = TLanes.All(0.5);
        var shrink = TLanes.FusedMultiplyAdd(size * half, inverse, half);
        shrink = TLanes.Select(mask, shrink * (TLanes.All(2) - stretch * shrink), TLanes.All(1));
        x.Turn(TLanes.FusedMultiplyAdd(left, product, a), stretch, shrink);
        y.Turn(TLanes.Abs(TLanes.FusedMultiplyAdd(right, product, b)), stretch, shrink);
        rotation = new Rotation<TLanes>(left, right);
        return true;
    }
}
