using System.Collections.Immutable;

namespace Sweeper.Theory.Products;

/// <summary>
/// E log s_k of products whose singular values are not far apart yet: what the correction of <see cref="HaarMinor"/> gains in the end
/// comes pair by pair, as gaps open.
/// </summary>
/// <remarks>
/// Right singular vectors v are random, so that E ln |J e_1| = E (ln sum_i s_i^2 v_i1^2) / 2 is L gamma_1 at every depth: log s_1 lacks
/// D = E (ln(1 + sum_(i > 1) (s_i / s_1)^2 z_i^2 / z_1^2)) / 2 of its limit, with independent Gaussian z. With gaps of the limit D says
/// what every mode lacks of what lower ones lift it by, and, turned over, of what upper ones press it down; log s_1 then follows from
/// the equation itself. What is neglected is that gaps differ from network to network. Of few layers without gates it is the edge of the
/// Fuss-Catalan law.
/// </remarks>
public static class FiniteDepth
{
    // The integral over ln t by the trapezoidal rule: with this step it has all digits.
    private const double Step = 0.3, First = -36, Last = 60;

    // Modes so many nats below do nothing.
    private const double Far = 18;
    private const int Halvings = 50;

    // Nats between the first two exponents times depth.
    private const double Wide = 0.05;

    /// <summary>E (ln(1 + sum_i e^(-2 gap_i) z_i^2 / z_1^2)) / 2.</summary>
    /// <param name="gaps">Nats to the other modes.</param>
    public static double Lack(IEnumerable<double> gaps)
    {
        // E ln X is the integral of (e^(-t) - E e^(-t X)) / t, and E e^(-t r z^2) is (1 + 2 t r)^(-1/2).
        double[] ratios = [1, .. gaps.Where(gap => gap < Far).Select(gap => Math.Exp(-2 * gap))];
        var sum = 0.0;
        for (var place = First; place <= Last; place += Step)
        {
            var t = Math.Exp(place);
            sum += Math.Exp(-t) - Math.Exp(-ratios.Sum(ratio => Math.Log(1 + 2 * t * ratio)) / 2);
        }

        return (sum * Step - Math.Log(2) - Polygamma.Psi(0.5)) / 2;
    }

    /// <summary>E log s_k of the first modes of a product.</summary>
    public static ImmutableArray<double> LogSingularValues(GatedProduct product, int modes)
    {
        // Those that follow have a part in it.
        var least = product.LogSingularValue(modes) - Far;
        var limits = Enumerable.Range(1, product.Layer.Gates.Units).Select(product.LogSingularValue)
            .TakeWhile(value => value > least).ToArray();
        var values = limits.Select((limit, mode) => limit
            - Lack(limits[(mode + 1)..].Select(lower => limit - lower))
            + Lack(limits[..mode].Select(upper => upper - limit))).ToArray();
        values[0] = IsWide(product)
            ? FussCatalan.LogEdge(product.Depth) + product.Depth * Math.Log(product.Layer.Variance) / 2
            : Root(
                first => first + Lack(values[1..].Select(other => Math.Max(0, first - other))) - limits[0],
                product.Growth(1), limits[0]);
        return [.. values.Take(modes)];
    }

    /// <summary>Whether singular values are those of infinitely wide layers: then nothing is known of one from the exponents.</summary>
    private static bool IsWide(GatedProduct product) => product.Layer.Gates.Share >= 1 && product.Growth(1) - product.Growth(2) < Wide;

    /// <summary>Where an increasing function is 0.</summary>
    private static double Root(Func<double, double> function, double low, double high)
    {
        for (var time = 0; time < Halvings; time++)
        {
            var middle = (low + high) / 2;
            (low, high) = function(middle) < 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
