using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class HalfSpectrumAccuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "half_spectrum_accuracy";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public string Doc => "`accuracy` of the network of `half_spectrum_loss`, which keeps all singular values of its weight matrices (component whole), the larger half of them (keep_top) or the smaller one (keep_bottom).";

    /// <inheritdoc/>
    public string Shape => "one a split and spectrum";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Higher;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (1 + HalfSpectrum.Both.Length) * (long)networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) => snapshot.Program.Splits.SelectMany(split => (MetricValues[])
    [
        new MetricValues(split.Name, HalfSpectrum.Whole, Accuracy.Share(snapshot.Get(new Outputs(split.Name)), split.Targets)),
        .. HalfSpectrum.Both.Select(half => new MetricValues(
            split.Name, half.Name, Accuracy.Share(snapshot.Get(new HalfSpectrumOutputs(split.Name, half)), split.Targets))),
    ]);
}
