using Sweeper.Golden;
using Sweeper.Theory.Dynamics;
using Sweeper.Theory.Spectra;

namespace Sweeper.Tests.Predictions;

/// <summary>Reads what theory says in `jd08_finite_width` and `jd10_spectral`.</summary>
internal static class WidthVectors
{
    public static void CheckFluctuations(GoldenCase golden)
    {
        if (golden.Node["inputs"]["kind"].Text() == "deep_init")
        {
            CheckFeatures(golden);
            return;
        }

        var (input, expected) = Parts(golden);
        // Times are in units of 1 / eta0.
        input.Skip("model", "eta0");
        var rough = new GoldenTolerance(Relative: golden.Node["tolerance"]["finite_N_exact_rel"].Number());
        var exact = GoldenTolerance.Of(golden.Node["tolerance"]);
        var flow = new WidthFluctuations(input["gamma"].Number(), input["y"].Number());
        golden.Close(expected["K_inf_limit"], flow.FinalKernel, exact);
        golden.Close(expected["N_var_K_inf_leading"], flow.FinalKernelVariance, exact);
        golden.Close(expected["N_bias_leading"], flow.FinalKernelBias, exact);
        golden.Same(expected["finite_N_exact"], input["widths"].Numbers().Length, expected["finite_N_exact"].Items.Length);
        foreach (var finite in expected["finite_N_exact"].Items)
        {
            var (mean, variance, bias) = flow.FinalKernelOf((int)finite["N"].Integer());
            golden.Close(finite["mean_K_inf"], mean, rough);
            golden.Close(finite["N_times_var_K_inf"], variance, rough);
            // A difference of means, of which the file has seven digits: at gamma 3 and 16 units it says -0.0326093, where finer and finer
            // sums tend to -0.03260416196.
            golden.Close(finite["N_times_bias"], bias, rough with { Absolute = finite["N"].Number() * 1e-7 * mean });
        }

        var moments = flow.At(input["times"].Numbers()).ToList();
        golden.Close(expected["f_bar"], [.. moments.Select(at => at.Output)], exact);
        golden.Close(expected["K_bar"], [.. moments.Select(at => at.Kernel)], exact);
        golden.Close(expected["N_var_f"], [.. moments.Select(at => at.OutputVariance)], exact);
        golden.Close(expected["N_var_K"], [.. moments.Select(at => at.KernelVariance)], exact);
    }

    public static void CheckOutliers(GoldenCase golden)
    {
        var (input, expected) = Parts(golden);
        input.Skip("model");
        var isDependent = input["kind"].Text() == "formula";
        golden.Node["tolerance"].Skip("mc");
        var tolerance = new GoldenTolerance(Relative: golden.Node["tolerance"][isDependent ? "formula_rel" : "rel"].Number());
        foreach (var row in expected["rows"].Items)
        {
            (isDependent ? CheckDependent : (Action<GoldenNode>)CheckRectangular)(row);
        }

        void CheckDependent(GoldenNode row)
        {
            double alpha = row["alpha"].Number(), beta = row["beta"].Number(), variance = row["sigma"].Number() * row["sigma"].Number();
            var law = new SpikedMatrix(1, row["sigma"].Number());
            // Of many units: |W0^T u|^2 is the variance, and v knows nothing of it.
            var norm = alpha * alpha + beta * beta * variance;
            var strength = SpikedMatrix.Dependent(norm, beta * variance);
            golden.Close(row["theta_eff"], strength, tolerance);
            golden.Close(row["outlier"], law.Observed(strength), tolerance);
            golden.Same(row["escapes"], row["escapes"].Flag(), strength > law.Threshold);
            golden.Close(row["naive_independent"], law.Observed(Math.Sqrt(norm)), tolerance);
            // The file's rule of its own samples, of 400 rows.
            row.Skip("mc_se");
            golden.Close(row["mc_mean"], law.Observed(strength), new GoldenTolerance(0.05 * Math.Sqrt(400 / row["mc_N"].Number())));
        }

        void CheckRectangular(GoldenNode row)
        {
            var law = new SpikedMatrix(row["aspect_M_over_N"].Number(), row["sigma"].Number());
            golden.Same(row["escapes"], row["escapes"].Flag(), row["theta"].Number() > law.Threshold);
            golden.Close(row["top"], law.Observed(row["theta"].Number()), tolerance);
            golden.Close(row["bulk_edge"], law.Edge, tolerance);
            golden.Close(row["bulk_lower"], law.Noise * law.Bulk.LowerEdge, tolerance);
        }
    }

    private static void CheckFeatures(GoldenCase golden)
    {
        var (input, expected) = Parts(golden);
        input.Skip("meaning");
        golden.Node["tolerance"].Skip("mc");
        var layers = (int)input["layers"].Integer();
        var width = (int)input["N"].Integer();
        var networks = expected["mc_networks"].Number();
        var perLayer = input["activation"].Text() == "linear" ? WidthFluctuations.LinearLayer : WidthFluctuations.ReluLayer;
        double[] exact = [.. Pairs((l, m) => WidthFluctuations.FeatureCovariance(perLayer, width, l, m))];
        golden.Close(expected["cov_exact"], exact, new GoldenTolerance(Relative: golden.Node["tolerance"]["cov_exact_rel"].Number()));
        golden.Close(
            expected["cov_leading"], [.. Pairs((l, m) => perLayer * Math.Min(l, m) / width)], new GoldenTolerance(Relative: 1e-12));
        double[] errors = [.. Pairs((l, m) => Math.Sqrt(Spread(l) * Spread(m) / networks))];
        foreach (var (place, sampled) in expected["cov_mc"].Numbers().Index())
        {
            golden.Judge(
                expected["cov_mc"], Math.Abs(sampled - exact[place]) / (4 * errors[place]),
                FormattableString.Invariant($"{sampled:R} expected, {exact[place]:R} computed"));
        }

        // Square root of the fourth central moment, of a lognormal law of this variance: features are products of many factors.
        double Spread(int layer)
        {
            var w = 1 + WidthFluctuations.FeatureCovariance(perLayer, width, layer, layer);
            return (w - 1) * Math.Sqrt(Math.Pow(w, 4) + 2 * Math.Pow(w, 3) + 3 * w * w - 3);
        }

        IEnumerable<double> Pairs(Func<int, int, double> of) =>
            Enumerable.Range(1, layers).SelectMany(l => Enumerable.Range(1, layers).Select(m => of(l, m)));
    }

    private static (GoldenNode Input, GoldenNode Expected) Parts(GoldenCase golden)
    {
        golden.Block.Skip("topic", "part", "about");
        return (golden.Node["inputs"], golden.Node["expected"]);
    }
}
