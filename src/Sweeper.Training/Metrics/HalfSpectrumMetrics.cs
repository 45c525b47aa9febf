using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>What is left of networks when half of the singular values of their weights are set to zero.</summary>
internal static class HalfSpectrumMetrics
{
    private static readonly Dimension Spectrum =
        new("spectrum", MetricColumn.Component, _ => 1 + HalfSpectrum.Both.Length);

    /// <summary>Loss.</summary>
    public static Metric Loss { get; } = Of(
        "half_spectrum_loss", 2,
        "`loss` of the network after half of the singular values of every weight matrix but the last (the head's) were set to zero; "
        + "biases stay. Component whole: nothing was, for comparison; keep_top: the larger half stays (of r values r / 2, rounded up); "
        + "keep_bottom: the smaller half (Yunis et al. 2024, section 3.1).",
        MetricDirection.Lower, (snapshot, split) => snapshot.Get(new Losses(split.Name)),
        (snapshot, split, outputs) => snapshot.Reported.Measure(outputs, split.Targets));

    /// <summary>Accuracy.</summary>
    public static Metric Accuracy { get; } = Of(
        "half_spectrum_accuracy", 2,
        "`accuracy` of the network of `half_spectrum_loss`, which keeps all singular values of its weight matrices (component whole), "
        + "the larger half of them (keep_top) or the smaller one (keep_bottom).",
        MetricDirection.Higher, (snapshot, split) => LossMetrics.ShareCorrect(snapshot.Get(new Outputs(split.Name)), split.Targets),
        (_, split, outputs) => LossMetrics.ShareCorrect(outputs, split.Targets));

    private static Metric Of(
        string name, int version, string doc, MetricDirection better,
        Func<NetworkSnapshot, Data.Split, Tensor> whole, Func<NetworkSnapshot, Data.Split, Tensor, Tensor> ofOutputs) => new(
        name, version, doc, [Dimension.Split, Spectrum], snapshot => snapshot.Program.Splits.SelectMany(split => (MetricValues[])
        [
            new MetricValues(split.Name, HalfSpectrum.Whole, whole(snapshot, split)),
            .. HalfSpectrum.Both.Select(half => new MetricValues(
                split.Name, half.Name, ofOutputs(snapshot, split, snapshot.Get(new HalfSpectrumOutputs(split.Name, half))))),
        ]))
    {
        Better = better, Vectors = SingularVectors.OfWeights,
    };
}
