using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How far the singular vectors of a noisy matrix are those of its signal.</summary>
internal static class SignalMetrics
{
    private static readonly Dimension Mode = new("mode", MetricColumn.Index, networks => networks.Teacher?.Weights[0].Outputs ?? 0);

    /// <summary>Of both sides together.</summary>
    public static Metric Overlap { get; } = Of(
        "signal_overlap",
        "(u_signal . u)(v_signal . v) of equally ranked singular vectors of the signal and of the noisy matrix, strongest first: 1 is "
        + "found, 0 is lost in the noise. It does not depend on the signs of the vectors. Undefined for strength 0 (Lampinen and Ganguli "
        + "2019, equation 13).",
        (left, right) => left * right);

    /// <summary>Of output modes.</summary>
    public static Metric OverlapLeft { get; } = Of(
        "signal_overlap_left",
        "|u_signal . u| of equally ranked left singular vectors of the signal and of the noisy matrix. Undefined for strength 0.",
        (left, _) => left.abs());

    /// <summary>Of input modes.</summary>
    public static Metric OverlapRight { get; } = Of(
        "signal_overlap_right", "|v_signal . v|: as `signal_overlap_left` for right singular vectors.", (_, right) => right.abs());

    private static Metric Of(string name, string doc, Func<Tensor, Tensor, Tensor> overlap) => new(name, 1, doc, [Mode], snapshot =>
    {
        var signal = snapshot.Program.Teacher?.Parameters ?? throw new InvalidOperationException("this program has no signal");
        var noisy = snapshot.Get(new WeightModes("W1"));
        var (left, right) = (Products(signal["W2"], noisy.U), Products(signal["W1"].mT, noisy.V));
        var strengths = SquareRoot.Of(signal["W2"].square().sum(1));
        return [new MetricValues("", "", overlap(left / strengths, right).masked_fill(strengths.eq(0), double.NaN))];
    })
    {
        Better = MetricDirection.Higher,
        Vectors = SingularVectors.OfWeights,
    };

    /// <summary>Scalar products of columns [K, d, r] with as many first ones of [K, d, r'].</summary>
    private static Tensor Products(Tensor columns, Tensor others) => (columns * others.narrow(2, 0, columns.shape[2])).sum(1);
}
