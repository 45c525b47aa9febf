using System.Globalization;
using Sweeper.Core.Randomness;
using Sweeper.Golden;
using Sweeper.Tests.Predictions;
using Xunit;

namespace Sweeper.Tests.Randomness;

public sealed class GoldenVectors
{
    private static readonly GoldenSuite Suite = new("Sweeper.Tests", new GoldenCheck("prng", CheckGenerator),
        new GoldenCheck("a_mode_growth", ModeGrowthVectors.Check), new GoldenCheck("b_rmt_maps", SpectraVectors.CheckMaps),
        new GoldenCheck("c_mp", SpectraVectors.CheckBulk), new GoldenCheck("d_theory_curves", ErrorCurveVectors.CheckCurves),
        new GoldenCheck("e_shrinkage", SpectraVectors.CheckShrinkage),
        new GoldenCheck("f_transfer_theory", ErrorCurveVectors.CheckTransfer),
        new GoldenCheck("g_examples_theory", ErrorCurveVectors.CheckExamples),
        new GoldenCheck("m_randomized_labels", SpectraVectors.CheckRandomised),
        new GoldenCheck("b_montecarlo", SampledVectors.CheckTopMode), new GoldenCheck("d_montecarlo", SampledVectors.CheckCurves),
        new GoldenCheck("f_transfer_montecarlo", SampledVectors.CheckTransfer),
        new GoldenCheck("g_examples_montecarlo", SampledVectors.CheckExamples),
        new GoldenCheck("jd08_finite_width", WidthVectors.CheckFluctuations) { CasesOf = GoldenCheck.OfKinds("theory", "deep_init") },
        new GoldenCheck("jd10_spectral", WidthVectors.CheckOutliers) { CasesOf = GoldenCheck.OfKinds("formula", "rectangular") },
        new GoldenCheck("jd05_balanced_dynamics", BalancedDynamicsVectors.Check) { CasesOf = BalancedDynamicsVectors.CasesOf },
        new GoldenCheck("jd07_alignment", NoisyLeastSquaresVectors.Check) { CasesOf = NoisyLeastSquaresVectors.CasesOf },
        new GoldenCheck("jd09_directional", PlanarFlowVectors.Check) { CasesOf = GoldenCheck.OfKinds("flow", "c0") },
        new GoldenCheck("jd01_lyapunov", ProductVectors.CheckExponents),
        new GoldenCheck("jd03_finite_depth_mc", ProductVectors.CheckDepths),
        new GoldenCheck("jd11_alignment", ProductVectors.CheckSlopes) { CasesOf = ProductVectors.SlopesOf });

    public static TheoryData<string> Topics => Suite.Topics;

    [Theory, MemberData(nameof(Topics))]
    public void Every_case_of_the_topic_agrees(string topic) => Suite.Run(topic);

    /// <summary>Integers must be equal; for doubles the file gives no tolerance, so two units in the last place of one.</summary>
    private static void CheckGenerator(GoldenCase golden)
    {
        var rounding = new GoldenTolerance(4.5e-16, 4.5e-16);
        CounterRandom Fresh() => new(golden.Block["seed"].Integer(), (ulong)golden.Node["stream"].Integer());

        var random = Fresh();
        foreach (var bits in golden.Node["u64_hex"].Items)
        {
            golden.Same(bits, ulong.Parse(bits.Text(), NumberStyles.HexNumber, CultureInfo.InvariantCulture), random.NextBits());
        }

        Compare(golden, "u01", (ref CounterRandom stream) => stream.NextUnit(), Fresh(), rounding);
        Compare(golden, "uniform_a0_5", (ref CounterRandom stream) => stream.NextUniform(0.5), Fresh(), rounding);
        Compare(golden, "below_10", (ref CounterRandom stream) => stream.NextBelow(10), Fresh(), new GoldenTolerance());

        var gaussian = new double[golden.Node["gauss5"].Items.Length];
        Fresh().FillGaussian(gaussian);
        golden.Close(golden.Node["gauss5"], gaussian, rounding);

        var order = Fresh().NextPermutation(9);
        golden.Close(golden.Node["perm_9"], [.. order.Select(position => (double)position)], new GoldenTolerance());
    }

    private delegate double Draw(ref CounterRandom stream);

    private static void Compare(GoldenCase golden, string field, Draw draw, CounterRandom stream, GoldenTolerance tolerance)
    {
        var expected = golden.Node[field];
        var drawn = new double[expected.Items.Length];
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = draw(ref stream);
        }

        golden.Close(expected, drawn, tolerance);
    }
}
