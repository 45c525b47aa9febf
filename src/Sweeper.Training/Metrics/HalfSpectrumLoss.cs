using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class HalfSpectrumLoss : IMetric
{
    /// <inheritdoc/>
    public string Name => "half_spectrum_loss";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public string Doc => "`loss` of the network after half of the singular values of every weight matrix but the last (the head's) were set to zero; biases stay. Component whole: nothing was, for comparison; keep_top: the larger half stays (of r values r / 2, rounded up); keep_bottom: the smaller half (Yunis et al. 2024, section 3.1).";

    /// <inheritdoc/>
    public string Shape => "one a split and spectrum";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Lower;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (1 + HalfSpectrum.Both.Length) * (long)networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) => snapshot.Program.Splits.SelectMany(split => (MetricValues[])
    [
        new MetricValues(split.Name, HalfSpectrum.Whole, snapshot.Get(new Losses(split.Name))),
        .. HalfSpectrum.Both.Select(half => new MetricValues(
            split.Name, half.Name, snapshot.Reported.Loss(snapshot.Get(new HalfSpectrumOutputs(split.Name, half)), split.Targets))),
    ]);
}
