using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>
/// How training changes the spectrum of random weights: the strongest part of their change is a spike, which leaves the bulk where it is
/// strong enough, and earlier where it points along what the weights were before.
/// </summary>
internal static class SpikeMetrics
{
    /// <summary>The hidden matrix.</summary>
    private const string Hidden = "W2";

    /// <summary>Singular values of W - W0.</summary>
    public static Metric UpdateSingularValues { get; } = Metric.OfWeights(
        "update_singular_values", 1, "Singular values of the change of each weight matrix since the beginning, W - W0, descending.",
        [Dimension.Rank],
        (snapshot, weight) => snapshot.Get(new UpdateModes(weight)).S) with
    {
        Rows = networks => networks.Layout.Weights.Sum(weight => weight.Rank),
    };

    /// <summary>Measured and predicted largest singular values.</summary>
    public static Metric HiddenOutlier { get; } = new(
        "hidden_outlier", 1,
        "The two largest singular values of the hidden matrix W, whose initial entries have variance 1 / width (`measured`, `second`), and "
        + "what the largest should be in the limit of large matrices if the change were its strongest singular pair alone, u q^T: "
        + "(t^2 + 1) / t above t = 1, else the edge 2 of the bulk, with t^2 = |q|^2 + 2 u^T W0 q (`dependent spike`), or t = |q| as if the "
        + "change did not know the initial weights (`independent spike`).",
        [Dimension.Parts("part", "measured", "second", "dependent spike", "independent spike")], snapshot =>
        {
            var values = snapshot.Get(new WeightSpectrum(Hidden));
            var strength = snapshot.Get(new UpdateModes(Hidden)).S.select(1, 0).square();
            return
            [
                new MetricValues("", "measured", values.select(1, 0)), new MetricValues("", "second", values.select(1, 1)),
                new MetricValues("", "dependent spike", Outlier(strength + 2 * Overlap(snapshot))),
                new MetricValues("", "independent spike", Outlier(strength)),
            ];
        });

    /// <summary>u^T W0 q.</summary>
    public static Metric UpdateOverlap { get; } = new(
        "update_overlap", 1,
        "u^T W0 q of the strongest singular pair u q^T of the hidden matrix's change: how far the change points along what the weights "
        + "were. 0 on average for a change that does not know them.",
        [], snapshot => [new MetricValues("", "", Overlap(snapshot))]);

    /// <summary>eta lambda.</summary>
    public static Metric NtkSharpness { get; } = new(
        "ntk_sharpness", 1,
        "Learning rate times the largest eigenvalue of the neural tangent kernel over the training examples, divided by their number (the "
        + "largest curvature of the loss, but for its residuals): above 2 gradient descent is not stable.",
        [], snapshot =>
        {
            var rate = snapshot.Program.Scaling?.Kernel
                ?? throw new InvalidOperationException("this program does not say how it was scaled");
            var gram = snapshot.Get(new LinearTangentKernel());
            return [new MetricValues("", "", rate * BatchedSvd.Values(gram).select(1, 0) / snapshot.Program.Splits[0].Inputs.shape[1])];
        });

    /// <summary>All.</summary>
    public static ImmutableArray<Metric> All { get; } = [HiddenOutlier, UpdateOverlap, UpdateSingularValues, NtkSharpness];

    private static Tensor Overlap(NetworkSnapshot snapshot)
    {
        var modes = snapshot.Get(new UpdateModes(Hidden));
        var before = snapshot.Program.Initial.Matrices(Hidden).to(ScalarType.Float64);
        var (left, right) = (modes.U.narrow(2, 0, 1), modes.V.narrow(2, 0, 1));
        return left.mT.bmm(before).bmm(right).flatten() * modes.S.select(1, 0);
    }

    /// <summary>Where a spike of a squared strength is seen.</summary>
    private static Tensor Outlier(Tensor square)
    {
        var seen = square.clamp(1);
        return (seen + 1) / SquareRoot.Of(seen);
    }
}
