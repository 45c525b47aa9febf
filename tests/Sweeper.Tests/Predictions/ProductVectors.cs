using Sweeper.Golden;
using Sweeper.Theory.Products;

namespace Sweeper.Tests.Predictions;

/// <summary>
/// Reads what jd01_lyapunov, jd03_finite_depth_mc and jd11_alignment say of theory; what they sampled is compared in
/// Sweeper.Training.Tests.
/// </summary>
internal static class ProductVectors
{
    /// <summary>Theory of sampled cases has no tolerance of its own.</summary>
    private static readonly GoldenTolerance Exact = new(1e-10);

    public static void CheckExponents(GoldenCase golden)
    {
        var (input, expected) = Parts(golden, "meaning");
        var layer = LayerOf(input);
        var orders = Orders(input);
        expected.Skip("Gamma_cumulative_note");
        golden.Close(expected["gamma"], [.. orders.Select(layer.Exponent)]);
        golden.Close(expected["var_per_layer"], [.. orders.Select(layer.VarianceRate)]);
        golden.Close(expected["haar_d"], [.. orders.Select(order => HaarMinor.LogDeterminant(layer.Gates.Units, order))]);
        golden.Close(expected["finite_depth_numerator"], [.. orders.Select(order => HaarMinor.Correction(layer.Gates.Units, order))]);
    }

    public static void CheckDepths(GoldenCase golden)
    {
        var (input, expected) = Parts(golden, "depths", "reference_samples");
        golden.Node.Skip("tolerance");
        var layer = LayerOf(input);
        var orders = Orders(input);
        foreach (var at in expected["by_depth"].Items)
        {
            at.Skip("mean_logs_over_L", "se", "sd_logs", "cumulative_mean", "cumulative_se", "z_vs_uncorrected", "z_vs_corrected");
            var depth = (int)at["L"].Integer();
            var product = new GatedProduct(layer, depth, input["product"].Text().StartsWith("gated", StringComparison.Ordinal));
            golden.Close(at["theory_uncorrected"], [.. orders.Select(order => product.Growth(order) / depth)], Exact);
            golden.Close(at["theory_corrected"], [.. orders.Select(order => product.LogSingularValue(order) / depth)], Exact);
            golden.Close(at["cumulative_lower"], [.. orders.Select(order => product.CumulativeBounds(order).Least / depth)], Exact);
            golden.Close(at["cumulative_upper"], [.. orders.Select(order => product.CumulativeBounds(order).Most / depth)], Exact);
            foreach (var (gap, order) in at["L_times_gap"].Items.Zip(orders).Where(one => !one.First.IsNull))
            {
                golden.Close(gap, depth * (layer.Exponent(order) - layer.Exponent(order + 1)), Exact);
            }
        }
    }

    public static IEnumerable<GoldenCase> SlopesOf(GoldenNode block)
    {
        block.Skip("topic", "part", "about", "cases");
        return block["cases"].Items.Where(node => node["inputs"]["kind"].Text() == "slope_mc")
            .Select(node => new GoldenCase(node["id"].Text(), node, block));
    }

    public static void CheckSlopes(GoldenCase golden)
    {
        var input = golden.Node["inputs"];
        var gates = new OpenGates((int)input["N"].Integer(), input["p"].Number(), (int)input["min_active_r"].Integer());
        var layer = new LyapunovSpectrum(gates, 1);
        golden.Close(golden.Node["expected"]["gamma"], [.. Enumerable.Range(1, (int)input["K"].Integer()).Select(layer.Exponent)], Exact);
    }

    private static (GoldenNode Input, GoldenNode Expected) Parts(GoldenCase golden, params ReadOnlySpan<string> skipped)
    {
        golden.Block.Skip("topic", "part", "about");
        golden.Node.Skip("id");
        golden.Node["inputs"].Skip(skipped);
        return (golden.Node["inputs"], golden.Node["expected"]);
    }

    private static int[] Orders(GoldenNode input) => [.. input["k"].Numbers().Select(order => (int)order)];

    private static LyapunovSpectrum LayerOf(GoldenNode input)
    {
        var (units, share) = ((int)input["N"].Integer(), input["p"].Number());
        return new LyapunovSpectrum(new OpenGates(units, share, (int)input["min_active_r"].Integer()), input["sigma_w2"].Number());
    }
}
