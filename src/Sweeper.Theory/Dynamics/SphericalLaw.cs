using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Sweeper.Theory.Dynamics;

/// <summary>What a plane through the origin sees of a spherically symmetric input: a uniform angle, and a length of its own law.</summary>
public sealed class SphericalLaw
{
    private const int Angles = 128, Radii = 32;

    /// <summary>Beyond it nothing of a Gaussian is left.</summary>
    private const double Farthest = 9;

    private static readonly GaussLegendreRule Half = new(-Math.PI / 2, Math.PI / 2, Angles);
    private readonly (double Radius, double Share)[] radii;

    private SphericalLaw(double meanLength, (double Radius, double Share)[] radii) => (MeanLength, this.radii) = (meanLength, radii);

    /// <summary>c0, the mean length of what the plane sees.</summary>
    public double MeanLength { get; }

    /// <summary>Inputs on the unit sphere of so many dimensions, at least 2: c0 = sqrt(pi) / 2 Gamma(d / 2) / Gamma((d + 1) / 2).</summary>
    public static SphericalLaw Sphere(int dimensions)
    {
        var length = Math.Sqrt(Math.PI) / 2 * Math.Exp(
            SpecialFunctions.GammaLn(dimensions / 2.0) - SpecialFunctions.GammaLn((dimensions + 1) / 2.0));
        if (dimensions == 2)
        {
            return new(1, [(1, 1)]);
        }

        // The length is the cosine of an angle with the plane, whose density is (d - 2) sin^(d - 3) cos.
        var rule = new GaussLegendreRule(0, Math.PI / 2, Radii);
        return new(length, Points(rule, slant => (
            Math.Cos(slant), (dimensions - 2) * Math.Pow(Math.Sin(slant), dimensions - 3) * Math.Cos(slant))));
    }

    /// <summary>Inputs with independent standard normal entries: c0 = sqrt(pi / 2).</summary>
    public static SphericalLaw Gaussian() => new(
        Math.Sqrt(Math.PI / 2),
        Points(new GaussLegendreRule(0, Farthest, 2 * Radii), radius => (radius, radius * Math.Exp(-radius * radius / 2))));

    /// <summary>
    /// g(r, theta) = E[y u sigmoid(-r y u)], by which gradient flow lengthens a linear map: u is the input along the map, whose angle with
    /// the separating direction is theta, and y the label.
    /// </summary>
    public double Lengthening(double norm, double cosine, double sine)
    {
        var sum = 0.0;
        for (var place = 0; place < Angles; place++)
        {
            var angle = Half.GetAbscissa(place);
            var along = cosine * Math.Cos(angle) + sine * Math.Sin(angle);
            var mean = 0.0;
            foreach (var (radius, share) in radii)
            {
                mean += share * radius * along / (1 + Math.Exp(norm * radius * along));
            }

            sum += Half.GetWeight(place) * mean;
        }

        return sum / Math.PI;
    }

    private static (double Radius, double Share)[] Points(GaussLegendreRule rule, Func<double, (double Radius, double Density)> at) =>
    [
        .. Enumerable.Range(0, rule.Order).Select(place => (Point: at(rule.GetAbscissa(place)), Weight: rule.GetWeight(place)))
            .Select(node => (node.Point.Radius, node.Weight * node.Point.Density)),
    ];
}
