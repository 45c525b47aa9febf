using Sweeper.Golden;
using Sweeper.Training.Metrics;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>
/// Reads jd04_stable_product, and what jd03_finite_depth_mc and jd11_alignment sampled: means of samples of our own agree within four
/// standard errors of both.
/// </summary>
internal static class ProductVectors
{
    private const double Errors = 4;

    // Wide products take long: few of them.
    private const int Wide = 64, FewProducts = 10, ManyProducts = 150;

    // Where two singular values happen to be close their vectors are mixed: few seeds do not show how far means of cosines scatter.
    private const int Further = 5;

    public static void CheckProducts(GoldenCase golden)
    {
        var (input, expected) = Parts(golden, "generator", "product", "mask_rule");
        golden.Node["tolerance"].Skip("note");
        expected.Skip("naive_float64_log_sv");
        var (units, depth) = ((int)input["n"].Integer(), (int)input["L"].Integer());
        var matrices = Generate(golden, input, units, depth);
        Tensor[] layers = [.. matrices.Select(matrix => tensor(matrix).view(1, units, units))];
        var found = Numbers(ChainProducts.Decompose(layers, [depth], units, hasVectors: false).LogValues);
        golden.Close(expected["log_singular_values"], [.. found.Select(value => double.IsNaN(value) ? double.NegativeInfinity : value)]);
    }

    public static void CheckDepths(GoldenCase golden)
    {
        var (input, expected) = Parts(golden, "depths");
        golden.Node.Skip("tolerance");
        int units = (int)input["N"].Integer(), least = (int)input["min_active_r"].Integer();
        int[] orders = [.. input["k"].Numbers().Select(order => (int)order)];
        var (products, others) = (units < Wide ? ManyProducts : FewProducts, input["reference_samples"].Integer());
        var isLastGated = input["product"].Text().StartsWith("gated", StringComparison.Ordinal);
        foreach (var at in expected["by_depth"].Items)
        {
            at.Skip("theory_uncorrected", "theory_corrected", "cumulative_lower", "cumulative_upper");
            at.Skip("z_vs_uncorrected", "z_vs_corrected", "L_times_gap");
            var depth = (int)at["L"].Integer();
            using var scope = NewDisposeScope();
            var layers = GatedLayers.Draw(products, depth, units, input["p"].Number(), least, input["sigma_w2"].Number(), isLastGated);
            var found = ChainProducts.Decompose(layers, [depth], orders.Max(), hasVectors: false).LogValues;
            var means = Numbers(found.mean([0L]) / depth);
            // Files of hidden cases have other numbers of samples.
            double[] deviations = [.. at["sd_logs"].Numbers().Select(deviation => deviation / depth)];
            double[] ofOrders = [.. orders.Select(order => means[order - 1])];
            Agree(golden, at["mean_logs_over_L"], at["se"], ofOrders, place => deviations[place] / Math.Sqrt(products));
            var cumulative = at["cumulative_se"].Numbers();
            Agree(
                golden, at["cumulative_mean"], at["cumulative_se"], [.. orders.Select(order => means[..order].Sum())],
                place => cumulative[place] * Math.Sqrt(others / (double)products));
        }
    }

    public static void CheckAgreement(GoldenCase golden)
    {
        var (input, expected) = Parts(golden, "note", "definition");
        switch (input["kind"].Text())
        {
            case "matrix":
                CheckMatrix(golden, input, expected);
                break;
            case "init_mc":
                CheckVectors(golden, input, expected);
                break;
            default:
                CheckSlopes(golden, input, expected);
                break;
        }
    }

    private static void CheckMatrix(GoldenCase golden, GoldenNode input, GoldenNode expected)
    {
        var rows = input["matrix"].Matrix();
        var matrix = tensor(rows.SelectMany(row => row).ToArray()).view(rows.Length, rows[0].Length);
        golden.Close(expected["dcc_abs"], DiagonalCorrelation.Of(matrix.abs()).item<double>());
        golden.Close(expected["dcc_squared"], DiagonalCorrelation.Of(matrix.square()).item<double>());
        golden.Close(expected["mean_abs_diag"], DiagonalCorrelation.MeanDiagonal(matrix).item<double>());
    }

    private static void CheckVectors(GoldenCase golden, GoldenNode input, GoldenNode expected)
    {
        golden.Node.Skip("tolerance");
        int depth = (int)input["L"].Integer(), modes = (int)input["K"].Integer(), seeds = Further * (int)input["seeds"].Integer();
        var layers = Draw(input, seeds, isLastGated: false);
        int[] asked = [.. input["layers"].Numbers().Select(layer => (int)layer)];
        Tensor[] above = [.. layers.Select(layer => layer.mT).Reverse()];
        var found = ChainProducts.Decompose(above, [.. asked.Select(layer => depth - layer).Order(), depth], modes, hasVectors: true);
        var vectors = found.Vectors!;
        var measures = JacobianMetrics.Measures(vectors.narrow(1, asked.Length, 1), vectors.narrow(1, 0, asked.Length))
            .ToDictionary(measure => measure.Name, measure => measure.Values.flip(1));
        (string Name, string Measure)[] names =
            [("dcc_abs", "diagonal_correlation"), ("dcc_squared", "diagonal_correlation_of_squares"), ("top_abs_cos", "first_cosine")];
        foreach (var (name, measure) in names)
        {
            var errors = Numbers(measures[measure].std(0) / Math.Sqrt(seeds));
            Agree(golden, expected[name]["mean"], expected[name]["se"], Numbers(measures[measure].mean([0L])), place => errors[place]);
        }
    }

    private static void CheckSlopes(GoldenCase golden, GoldenNode input, GoldenNode expected)
    {
        golden.Node.Skip("tolerance");
        expected.Skip("gamma");
        int depth = (int)input["L"].Integer(), seeds = Further * (int)input["seeds"].Integer();
        var layers = Draw(input, seeds, isLastGated: true);
        var found = ChainProducts.Decompose(layers, [depth / 2, depth], (int)input["K"].Integer(), hasVectors: false).LogValues;
        var slopes = (found.select(1, 1) - found.select(1, 0)) / (depth - depth / 2);
        var errors = Numbers(slopes.std(0) / Math.Sqrt(seeds));
        Agree(golden, expected["slope"], expected["se"], Numbers(slopes.mean([0L])), place => errors[place]);
    }

    private static Tensor[] Draw(GoldenNode input, int seeds, bool isLastGated) => GatedLayers.Draw(
        seeds, (int)input["L"].Integer(), (int)input["N"].Integer(), input["p"].Number(), (int)input["min_active_r"].Integer(),
        variance: 1, isLastGated);

    /// <summary>Numbers of a linear congruential generator; whether a gate is open comes after its layer's matrix.</summary>
    private static double[][] Generate(GoldenCase golden, GoldenNode input, int units, int depth)
    {
        var numbers = new CongruentialNumbers(input["lcg_seed"].Integer());
        var share = input.Find("mask_p")?.Number();
        var matrices = new double[depth][];
        for (var layer = 0; layer < depth; layer++)
        {
            var scale = input["entry_scale"].Number();
            matrices[layer] = Array.ConvertAll(numbers.Symmetric(units * units), value => scale * value);
            if (layer == 0 && input["first_entries"] is { IsNull: false } first)
            {
                golden.Close(first, matrices[0].AsSpan(0, first.Items.Length), new GoldenTolerance(0, 1e-12));
            }

            if (share is { } open && layer < depth - 1)
            {
                double[] mask = [.. Enumerable.Range(0, units).Select(_ => numbers.NextUnit() < open ? 1.0 : 0)];
                golden.Close(input["masks"].Items[layer], mask, new GoldenTolerance());
                matrices[layer] = [.. matrices[layer].Select((entry, place) => entry * mask[place / units])];
            }
        }

        if (input.Find("matrices") is { } given)
        {
            golden.Close(given, [.. matrices.SelectMany(matrix => matrix)], new GoldenTolerance(1e-12));
        }

        return matrices;
    }

    private static void Agree(GoldenCase golden, GoldenNode expected, GoldenNode errors, double[] means, Func<int, double> own)
    {
        var (numbers, others) = (expected.Numbers(), errors.Numbers());
        for (var place = 0; place < numbers.Length; place++)
        {
            var error = Math.Sqrt(others[place] * others[place] + own(place) * own(place));
            golden.Judge(
                expected, Math.Abs(means[place] - numbers[place]) / (Errors * error),
                FormattableString.Invariant($"number {place}: {numbers[place]:R} expected, {means[place]:R} sampled"));
        }
    }

    private static (GoldenNode Input, GoldenNode Expected) Parts(GoldenCase golden, params ReadOnlySpan<string> skipped)
    {
        golden.Block.Skip("topic", "part", "about");
        golden.Node.Skip("id");
        golden.Node["inputs"].Skip(skipped);
        return (golden.Node["inputs"], golden.Node["expected"]);
    }

    private static double[] Numbers(Tensor values) => values.contiguous().data<double>().ToArray();
}
