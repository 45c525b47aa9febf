using System.Collections.Immutable;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace Sweeper.Theory.Spectra;

/// <summary>
/// Singular values of noise alone: of matrices with many rows and columns whose elements are independent with variance
/// 1 / columns (Lampinen and Ganguli 2019, equation 13).
/// </summary>
/// <remarks>
/// rho(x) = sqrt(4 A - (x^2 - 1 - A)^2) / (pi min(A, 1) x) between |1 - sqrt A| and 1 + sqrt A; exact zeros, which there are where A is
/// more than 1, are not counted. With x^2 = 1 + A + 2 sqrt A cos theta its mass is 2 A / (pi min(A, 1)) sin^2 theta / x^2 d theta, smooth
/// and without the edges' square roots: all integrals are over theta, those of 1 and x^2 closed, all others by a Gauss-Legendre
/// rule. Strengths of students of two weight matrices have ten digits with 200 nodes. Deeper ones learn so suddenly that their strength
/// becomes a step in x: four matrices that start at 1e-5 have eight digits with <see cref="ManyNodes"/>, and three with 200.
/// </remarks>
/// <param name="Aspect">A, rows over columns; positive.</param>
public sealed record MarchenkoPastur(double Aspect)
{
    /// <summary>Nodes that are enough for students of four weight matrices.</summary>
    public const int ManyNodes = 500;

    private double Root => Math.Sqrt(Aspect);

    /// <summary>A over the share of rows (or columns) that have a singular value.</summary>
    private double Share => Math.Max(Aspect, 1);

    /// <summary>Smallest singular value.</summary>
    public double LowerEdge => Math.Abs(1 - Root);

    /// <summary>Largest singular value.</summary>
    public double UpperEdge => 1 + Root;

    /// <summary>Density rho of singular values at x.</summary>
    public double Density(double x)
    {
        var inside = (UpperEdge * UpperEdge - x * x) * (x * x - LowerEdge * LowerEdge);
        return x <= 0 || inside <= 0 ? 0 : Math.Sqrt(inside) * Share / (Math.PI * Aspect * x);
    }

    /// <summary>Share of the singular values that are at least x.</summary>
    public double MassAbove(double x) => MassBefore(Angle(x));

    /// <summary>The value that a share of all singular values is at most.</summary>
    /// <param name="mass">From 0 to 1.</param>
    public double Quantile(double mass) =>
        mass <= 0 ? LowerEdge
        : mass >= 1 ? UpperEdge
        : Value(Brent.FindRoot(angle => MassBefore(angle) - (1 - mass), 0, Math.PI, 1e-14, 200));

    /// <summary>Mean of x^2 over the singular values between two of them.</summary>
    public double MeanSquare(double lower, double upper)
    {
        double first = Angle(upper), last = Angle(lower);
        var power = Share / Math.PI * (last - first - Math.Sin(last) * Math.Cos(last) + Math.Sin(first) * Math.Cos(first));
        return power / (MassBefore(last) - MassBefore(first));
    }

    /// <summary>Mean of a function over the singular values between two of them: conditional, divided by their mass.</summary>
    public double Mean(Func<double, double> function, double lower, double upper, int count = ManyNodes)
    {
        var nodes = Nodes(lower, upper, count);
        return nodes.Sum(node => node.Mass * function(node.X)) / nodes.Sum(node => node.Mass);
    }

    /// <summary>Singular values between two of them that stand for all, with the mass that each stands for.</summary>
    public ImmutableArray<(double X, double Mass)> Nodes(double lower, double upper, int count = ManyNodes)
    {
        var rule = new GaussLegendreRule(-1, 1, count);
        double first = Angle(upper), last = Angle(lower), middle = (first + last) / 2, half = (last - first) / 2;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var angle = middle + half * rule.GetAbscissa(i);
            double x = Value(angle), sine = Math.Sin(angle);
            return (x, half * rule.GetWeight(i) * 2 * Share / Math.PI * sine * sine / (x * x));
        })];
    }

    /// <summary>x of an angle, without cancellation at the lower edge.</summary>
    private double Value(double angle)
    {
        var cosine = Math.Cos(angle / 2);
        return Math.Sqrt(LowerEdge * LowerEdge + 4 * Root * cosine * cosine);
    }

    /// <summary>Angle of x: 0 at the upper edge, pi at the lower one.</summary>
    private double Angle(double x) =>
        2 * Math.Acos(Math.Sqrt(Math.Clamp((x - LowerEdge) * (x + LowerEdge) / (4 * Root), 0, 1)));

    /// <summary>Mass between the upper edge and an angle.</summary>
    private double MassBefore(double angle)
    {
        var inner = Math.Abs(1 - Aspect) / (2 * Aspect) * Math.Atan2(LowerEdge * Math.Sin(angle / 2), UpperEdge * Math.Cos(angle / 2));
        return 2 * Share / Math.PI * ((1 + Aspect) * angle / (4 * Aspect) - Math.Sin(angle) / (2 * Root) - inner);
    }
}
