using System.Collections.Immutable;

namespace Sweeper.Training.Data;

/// <summary>
/// What a plane through the origin sees of a spherically symmetric input x, of the half in which a direction v in the plane has v.x above
/// 0, as a quadrature: points (forward along v, aside from it) and shares that add up to 1. x and -x have opposite labels, so that the
/// other half gives the same losses.
/// </summary>
/// <remarks>
/// Angles are uniform. Good to 1e-9 for the logistic loss of linear maps whose norm is at most some 20 lengths of an input.
/// </remarks>
/// <param name="Forward">Coordinates along v.</param>
/// <param name="Aside">Coordinates across it.</param>
/// <param name="Shares">Their weights.</param>
internal sealed record HalfPlaneLaw(ImmutableArray<double> Forward, ImmutableArray<double> Aside, ImmutableArray<double> Shares)
{
    private const int Angles = 128, Radii = 32;

    /// <summary>Beyond it nothing of a Gaussian is left.</summary>
    private const double Farthest = 9;

    /// <summary>Inputs on the unit sphere of so many dimensions, at least 2.</summary>
    public static HalfPlaneLaw Sphere(int dimensions)
    {
        if (dimensions == 2)
        {
            return Of([(1, 1)]);
        }

        // A share (d - 2) sin^(d - 3) cos of angles between x and the plane; the plane sees their cosine.
        var (slants, weights) = GaussLegendre.On(0, Math.PI / 2, Radii);
        return Of([.. slants.Zip(weights, (slant, weight) =>
            (Math.Cos(slant), weight * (dimensions - 2) * Math.Pow(Math.Sin(slant), dimensions - 3) * Math.Cos(slant)))]);
    }

    /// <summary>Inputs with independent standard normal entries, of any number of dimensions.</summary>
    public static HalfPlaneLaw Gaussian()
    {
        var (radii, weights) = GaussLegendre.On(0, Farthest, 2 * Radii);
        return Of([.. radii.Zip(weights, (radius, weight) => (radius, weight * radius * Math.Exp(-radius * radius / 2)))]);
    }

    private static HalfPlaneLaw Of((double Radius, double Share)[] radii)
    {
        var (angles, weights) = GaussLegendre.On(-Math.PI / 2, Math.PI / 2, Angles);
        var points = radii.SelectMany(radius => angles.Zip(weights, (angle, weight) => (
            Forward: radius.Radius * Math.Cos(angle), Aside: radius.Radius * Math.Sin(angle),
            Share: radius.Share * weight / Math.PI))).ToArray();
        return new(
            [.. points.Select(point => point.Forward)], [.. points.Select(point => point.Aside)], [.. points.Select(point => point.Share)]);
    }
}
