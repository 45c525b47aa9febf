using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Sweeper.Golden;
using Sweeper.Theory.Dynamics;
using Sweeper.Theory.Generalisation;
using Sweeper.Theory.Spectra;

namespace Sweeper.Tests.Predictions;

/// <summary>Reads the cases of noisy spectra: b_rmt_maps, c_mp, e_shrinkage and m_randomized_labels.</summary>
internal static class SpectraVectors
{
    /// <summary>With as many nodes the means of c_mp were computed: for four weight matrices they are wrong in the seventh digit.</summary>
    private const int FileNodes = 300;

    public static void CheckMaps(GoldenCase golden)
    {
        var (input, expected) = Parts(golden);
        var law = new SpikedMatrix(input["A"].Number(), input.Find("sigma_z")?.Number() ?? 1);
        var strengths = input["s"].Numbers();
        golden.Close(expected["shat"], [.. strengths.Select(law.Observed)]);
        golden.Close(expected["overlap_product"], [.. strengths.Select(law.Overlap)]);
        if (expected.Find("threshold") is not { } threshold)
        {
            return;
        }

        golden.Close(threshold, law.Threshold);
        golden.Close(expected["edges"], [law.Bulk.LowerEdge, law.Bulk.UpperEdge]);
        golden.Close(expected["overlap_u_N3_side"], [.. strengths.Select(law.LeftOverlap)]);
        golden.Close(expected["overlap_v_N1_side"], [.. strengths.Select(law.RightOverlap)]);
        // Near the threshold the inverse loses digits, says the file.
        foreach (var (original, strength) in expected["inverse_s_of_shat"].Items.Zip(strengths))
        {
            var inverse = law.Original(law.Observed(strength));
            golden.Same(original, original.IsNull, double.IsNaN(inverse));
            if (!original.IsNull)
            {
                golden.Close(original, inverse, new GoldenTolerance(Relative: 1e-6));
            }
        }
    }

    public static void CheckBulk(GoldenCase golden)
    {
        var (input, expected) = Parts(golden);
        var bulk = new MarchenkoPastur(input["A"].Number());
        golden.Close(expected["density"]["rho"], [.. expected["density"]["x"].Numbers().Select(bulk.Density)]);
        var moments = expected["moments"];
        foreach (var (name, power) in new[] { ("mean", 1), ("m2", 2), ("m4", 4) })
        {
            golden.Close(moments[name], bulk.Mean(x => Math.Pow(x, power), bulk.LowerEdge, bulk.UpperEdge));
        }

        golden.Close(moments["m2"], bulk.MeanSquare(bulk.LowerEdge, bulk.UpperEdge));
        foreach (var (mass, value) in expected["quantiles"].Fields)
        {
            golden.Close(value, bulk.Quantile(double.Parse(mass, CultureInfo.InvariantCulture)));
        }

        golden.Same(expected["regions"], input["ratios"].Numbers().Length, expected["regions"].Items.Length);
        foreach (var region in expected["regions"].Items)
        {
            CheckRegion(golden, region, bulk, input["eps"].Number());
        }
    }

    public static void CheckShrinkage(GoldenCase golden)
    {
        var (input, expected) = Parts(golden);
        if (input.Find("sbar") is { } given)
        {
            var law = new SpikedMatrix(input["A"].Number());
            var strengths = given.Numbers();
            golden.Close(expected["eps_nongradient"], Shrinkage.Error(law, strengths));
            golden.Close(expected["overlap"], [.. strengths.Select(law.Overlap)]);
            golden.Close(expected["optimal_s"], [.. strengths.Select(strength => Shrinkage.Best(law, strength))]);
            return;
        }

        input.Skip("N1", "N3");
        var teacher = Matrix<double>.Build.DenseOfRowArrays(input["teacher"].Matrix());
        var shrunk = Shrinkage.Of(Matrix<double>.Build.DenseOfRowArrays(input["Sigma31"].Matrix()), input["sigma_z"].Number());
        golden.Close(expected["singular_values"], [.. shrunk.SingularValues]);
        golden.Close(expected["edge"], shrunk.Edge);
        golden.Same(expected["kept"], expected["kept"].Integer(), shrunk.Shrunk.Length);
        golden.Close(expected["s_estimate"], [.. shrunk.Strengths]);
        golden.Close(expected["shrunk"], [.. shrunk.Shrunk]);
        // Elements near zero are sums of larger ones.
        var ofSums = golden.Tolerance with { Absolute = golden.Tolerance.Relative };
        golden.Close(expected["estimator"], shrunk.Estimate.ToRowMajorArray(), ofSums);
        golden.Close(expected["eps_test"], (shrunk.Estimate - teacher).Power() / teacher.Power());
    }

    public static void CheckRandomised(GoldenCase golden)
    {
        var (input, expected) = Parts(golden);
        var task = new LinearTask((int)input["N1"].Integer(), (int)input["N3"].Integer(), [.. input["sbar"].Numbers()])
        {
            Noise = input["sigma_z"].Number(),
        };
        var randomised = task.Randomised().Data;
        // The file's times are of two layers that start at 1e-5.
        double HalfRise(double target) => new ModeGrowth(2, target, 1e-5).HalfRiseTime;
        golden.Close(expected["sigma_r"], randomised.Noise);
        golden.Close(expected["randomized_edges"], [randomised.Noise * randomised.Bulk.LowerEdge, randomised.Edge]);
        golden.Close(expected["structured_outliers"], [.. task.Strengths.Select(task.Data.Observed)]);
        golden.Close(expected["structured_edges"], [task.Noise * task.Data.Bulk.LowerEdge, task.Data.Edge]);
        golden.Close(expected["t_half_structured_modes"], [.. task.Strengths.Select(strength => HalfRise(task.Data.Observed(strength)))]);
        golden.Close(expected["t_half_randomized_upper_edge"], HalfRise(randomised.Edge));
    }

    private static void CheckRegion(GoldenCase golden, GoldenNode region, MarchenkoPastur bulk, double initial)
    {
        // Residuals of modes that are learned are the rounding of a squared difference.
        var residual = golden.Tolerance with { Absolute = 1e-20 };
        var split = bulk.Quantile(1 - region["N2_over_N3"].Number());
        golden.Close(region["f"], split);
        golden.Close(region["mean_x2_in"], bulk.MeanSquare(split, bulk.UpperEdge));
        if (region["N2_over_N3"].Number() < 1)
        {
            golden.Close(region["mean_x2_out"], bulk.MeanSquare(bulk.LowerEdge, split));
        }
        else
        {
            region.Skip("mean_x2_out");
        }

        foreach (var depth in new[] { 2, 4 })
        {
            var means = region[$"L{depth}"];
            var times = means["t_over_tau"].Numbers();
            double Mean(Func<double, double, double> function, double time) =>
                bulk.Mean(x => function(new ModeGrowth(depth, x, initial).At(time), x), split, bulk.UpperEdge, FileNodes);
            golden.Close(means["mean_s2_in"], [.. times.Select(time => Mean((s, _) => s * s, time))]);
            golden.Close(means["mean_res2_in"], [.. times.Select(time => Mean((s, x) => (s - x) * (s - x), time))], residual);
        }
    }

    private static (GoldenNode Input, GoldenNode Expected) Parts(GoldenCase golden)
    {
        golden.Block["tolerance"].Skip("note", "rel", "abs");
        golden.Node.Skip("id");
        return (golden.Node["input"], golden.Node["expected"]);
    }
}
