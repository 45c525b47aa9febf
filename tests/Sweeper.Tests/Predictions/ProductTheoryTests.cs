using Sweeper.Theory.Products;
using Xunit;

namespace Sweeper.Tests.Predictions;

/// <summary>Closed forms of products of random layers, against values known otherwise.</summary>
public sealed class ProductTheoryTests
{
    private const double Euler = 0.57721566490153286;

    [Fact]
    public void Derivatives_of_the_gamma_function_are_those_of_its_tables()
    {
        Assert.Equal(-Euler - 2 * Math.Log(2), Polygamma.Psi(0.5), 1e-13);
        Assert.Equal(Math.PI * Math.PI / 2, Polygamma.Psi1(0.5), 1e-13);
        Assert.Equal(Math.PI * Math.PI / 6, Polygamma.Psi1(1), 1e-13);
        Assert.Equal(Math.PI * Math.PI / 6 - 1 - 1.0 / 4 - 1.0 / 9, Polygamma.Psi1(4), 1e-13);
    }

    [Fact]
    public void A_single_unit_grows_like_the_logarithm_of_a_Gaussian_number()
    {
        // E ln |z| = -(Euler + ln 2) / 2, Var ln |z| = pi^2 / 8.
        var layer = Layer(1, 1, 1);
        Assert.Equal(-(Euler + Math.Log(2)) / 2, layer.Exponent(1), 1e-13);
        Assert.Equal(Math.PI * Math.PI / 8, layer.VarianceRate(1), 1e-13);
    }

    [Theory]
    [InlineData(0.5, 2.040, 5e-4)]
    [InlineData(1, 1.0079, 5e-5)]
    public void Networks_are_critical_a_little_above_one_over_the_share_of_gates(double share, double variance, double tolerance)
    {
        var layer = new LyapunovSpectrum(new OpenGates(128, share, 1), 1);
        Assert.Equal(variance, Math.Exp(-2 * layer.Exponent(1)), tolerance);
    }

    [Fact]
    public void Of_large_networks_the_spectrum_is_triangular()
    {
        // gamma_k = ln(sigma^2 (p - k / N)) / 2.
        var layer = new LyapunovSpectrum(new OpenGates(4000, 0.5, 1500), 1.3);
        foreach (var order in (int[])[1, 400, 1200])
        {
            Assert.Equal(Math.Log(1.3 * (0.5 - order / 4000.0)) / 2, layer.Exponent(order), 2e-3);
        }
    }

    [Fact]
    public void Orders_above_the_least_number_of_open_gates_are_of_layers_that_have_as_many()
    {
        var layer = new LyapunovSpectrum(new OpenGates(8, 0.5, 3), 1);
        Assert.Equal(3, layer.Count);
        Assert.Equal(new LyapunovSpectrum(new OpenGates(8, 0.5, 5), 1).Exponent(5), layer.Exponent(5));
        Assert.Equal(8, layer.Ungated.Count);
        Assert.Equal(1, layer.Gates.Law.Sum(one => one.Probability), 1e-14);
    }

    [Fact]
    public void Gates_of_a_layer_are_binomial_given_their_least_number()
    {
        // Two of two, one of two: 1/4 and 1/2, over 3/4.
        var law = new OpenGates(2, 0.5, 1).Law;
        Assert.Equal([1, 2], law.Select(one => one.Open));
        Assert.Equal(2.0 / 3, law[0].Probability, 1e-14);
        Assert.Equal(1.0 / 3, law[1].Probability, 1e-14);
    }

    [Fact]
    public void The_correction_of_finite_depth_lifts_the_upper_half_by_what_it_lowers_the_other()
    {
        Assert.Equal(0, HaarMinor.LogDeterminant(9, 0));
        Assert.Equal(0, HaarMinor.LogDeterminant(9, 9), 1e-13);
        foreach (var order in Enumerable.Range(1, 9))
        {
            var difference = HaarMinor.LogDeterminant(9, order - 1) - HaarMinor.LogDeterminant(9, order);
            Assert.Equal(difference, HaarMinor.Correction(9, order), 1e-13);
            Assert.Equal(-HaarMinor.Correction(9, 10 - order), HaarMinor.Correction(9, order), 1e-13);
        }

        // A number of a plane's random direction, |cos|: E ln |cos| = -ln 2.
        Assert.Equal(-Math.Log(2), HaarMinor.LogDeterminant(2, 1), 1e-13);
    }

    [Fact]
    public void A_jacobian_has_one_layer_without_gates()
    {
        var layer = new LyapunovSpectrum(new OpenGates(16, 0.5, 4), 2);
        GatedProduct gated = new(layer, 10, IsLastGated: true), jacobian = gated with { IsLastGated = false };
        Assert.Equal(10 * layer.Exponent(2), gated.Growth(2), 1e-12);
        Assert.Equal(layer.Ungated.Exponent(2) - layer.Exponent(2), jacobian.Growth(2) - gated.Growth(2), 1e-12);
        var (least, most) = jacobian.CumulativeBounds(3);
        Assert.Equal(Enumerable.Range(1, 3).Sum(jacobian.Growth), least, 1e-12);
        Assert.Equal(Enumerable.Range(1, 3).Sum(jacobian.LogSingularValue), most, 1e-12);
    }

    [Theory]
    [InlineData(1, 0.693147)]
    [InlineData(5, 1.351668)]
    [InlineData(20, 2.010134)]
    public void Few_wide_layers_end_at_the_edge_of_the_Fuss_Catalan_law(int depth, double expected)
    {
        // ln 2 of one matrix; .2703 and .1005 a layer.
        Assert.Equal(expected, FussCatalan.LogEdge(depth), 5e-4 * depth);
    }

    [Fact]
    public void What_gaps_lack_is_known_of_two_modes_and_of_equal_ones()
    {
        // E ln(cos^2 + r sin^2) = 2 ln((1 + r^(1/2)) / 2).
        Assert.Equal(0, FiniteDepth.Lack([]), 1e-12);
        Assert.Equal(Math.Log(1 + Math.Exp(-0.7)), FiniteDepth.Lack([0.7]), 1e-12);
        Assert.Equal(HaarMinor.Correction(9, 1), FiniteDepth.Lack(Enumerable.Repeat(0.0, 8)), 1e-12);
    }

    [Theory]
    [InlineData(16, 400)]
    [InlineData(128, 4000)]
    public void Of_very_deep_products_the_correction_is_complete(int units, int depth)
    {
        var product = new GatedProduct(Layer(units, 1, 1), depth, IsLastGated: false);
        Assert.All(
            FiniteDepth.LogSingularValues(product, 5).Index(),
            one => Assert.Equal(product.LogSingularValue(one.Index + 1), one.Item, 1e-2));
    }

    [Theory]
    [InlineData(16, 20, 0.049823, 0.00141)]
    [InlineData(16, 50, 0.004144, 0.00107)]
    [InlineData(16, 100, -0.012834, 0.00075)]
    [InlineData(128, 50, 0.040636, 0.00088)]
    [InlineData(128, 100, 0.021516, 0.00071)]
    public void The_largest_singular_value_is_that_of_the_reference_vectors(int units, int depth, double mean, double error)
    {
        // The limit alone is .0676, .0079, -.0120, .0572, .0267.
        var product = new GatedProduct(Layer(units, 1, 1), depth, IsLastGated: false);
        Assert.InRange(FiniteDepth.LogSingularValues(product, 1)[0] / depth, mean - 4 * error, mean + 4 * error);
    }

    private static LyapunovSpectrum Layer(int units, double share, double variance) => new(new OpenGates(units, share, 1), variance);
}
