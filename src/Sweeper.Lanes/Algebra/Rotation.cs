using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// The rotation, by at most 45 degrees, that makes two columns x, y orthogonal: x' = cosine x + sine y, y' = cosine y - sine x.
/// </summary>
/// <param name="Cosine">1 where they are orthogonal.</param>
/// <param name="Sine">0 where they are orthogonal.</param>
/// <param name="First">|x'|^2, to within 1e-10 of what changed.</param>
/// <param name="Second">|y'|^2.</param>
/// <param name="Slant">Square of the cosine of the angle between x and y, to within some per cent; 0 where they are orthogonal.</param>
/// <param name="Reach">Square of how much of other columns' slants it carries into the shorter one, or up to four times that.</param>
internal readonly record struct Rotation<TLanes>(TLanes Cosine, TLanes Sine, TLanes First, TLanes Second, TLanes Slant, TLanes Reach)
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>Finds it.</summary>
    /// <param name="x">|x|^2.</param>
    /// <param name="y">|y|^2.</param>
    /// <param name="product">x . y.</param>
    /// <param name="tolerance">Square of the cosine under which columns count as orthogonal.</param>
    /// <param name="active">Where columns may be rotated.</param>
    /// <param name="rotation">What was found.</param>
    /// <returns>Whether some are to be rotated.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Find(TLanes x, TLanes y, TLanes product, TLanes tolerance, TLanes active, out Rotation<TLanes> rotation)
    {
        // Relative to about |x|^2 + |y|^2, so that nothing overflows or vanishes.
        var unit = ReciprocalEstimate(x + y);
        TLanes a = x * unit, b = y * unit, c = product * unit;
        TLanes square = c * c, both = a * b;
        var mask = TLanes.Both(active, TLanes.Greater(square, tolerance * both));
        if (!TLanes.Any(mask))
        {
            rotation = default;
            return false;
        }

        // With u = cos 2t and v = sin 2t, (cos t, sin t) is (1 + u, v) made a unit vector: exactly, however roughly u and v are known.
        TLanes difference = a - b, twice = c + c;
        var inverse = InverseSqrt<TLanes>.Roughly(TLanes.FusedMultiplyAdd(twice, twice, difference * difference));
        var cosine = TLanes.FusedMultiplyAdd(TLanes.Abs(difference), inverse, TLanes.All(1));
        var sine = twice * inverse;
        var length = InverseSqrt<TLanes>.Of(TLanes.FusedMultiplyAdd(sine, sine, cosine * cosine));
        sine = TLanes.Both(mask, TLanes.TimesSign(sine * length, difference));
        // tan t = v / (1 + u), and 1 + u = |(1 + u, v)|^2 / 2.
        var moved = sine * length * (product + product);
        var estimate = ReciprocalEstimate(both);
        rotation = new Rotation<TLanes>(
            TLanes.Select(mask, cosine * length, TLanes.All(1)), sine, TLanes.Abs(x + moved), TLanes.Abs(y - moved),
            TLanes.Both(mask, square * estimate), sine * sine * estimate);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ReciprocalEstimate(TLanes value)
    {
        var root = TLanes.InverseSqrtEstimate(value);
        return root * root;
    }
}
