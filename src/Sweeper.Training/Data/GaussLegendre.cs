namespace Sweeper.Training.Data;

/// <summary>Gauss-Legendre quadrature: exact for polynomials of degree 2 n - 1.</summary>
internal static class GaussLegendre
{
    /// <summary>Nodes and weights of n points on an interval; the weights add up to its length.</summary>
    public static (double[] Nodes, double[] Weights) On(double from, double to, int count)
    {
        var (nodes, weights) = (new double[count], new double[count]);
        double middle = (from + to) / 2, half = (to - from) / 2;
        for (var place = 0; place < count; place++)
        {
            // Newton's method for a root of the Legendre polynomial; cosines are near them.
            var root = -Math.Cos(Math.PI * (place + 0.75) / (count + 0.5));
            double slope = 0;
            for (var correction = 0; correction < 8; correction++)
            {
                (var value, slope) = Legendre(count, root);
                root -= value / slope;
            }

            nodes[place] = middle + half * root;
            weights[place] = 2 * half / ((1 - root * root) * slope * slope);
        }

        return (nodes, weights);
    }

    /// <summary>Value and slope of a Legendre polynomial within (-1, 1).</summary>
    private static (double Value, double Slope) Legendre(int degree, double at)
    {
        double before = 1, value = at;
        for (var n = 2; n <= degree; n++)
        {
            (before, value) = (value, ((2 * n - 1) * at * value - (n - 1) * before) / n);
        }

        return (value, degree * (at * value - before) / (at * at - 1));
    }
}
