using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class HalfSpectrumAccuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "half_spectrum_accuracy";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "`accuracy` of the network of `half_spectrum_loss`, which keeps half of the singular values of its weight matrices: the larger ones (component keep_top) or the smaller ones (keep_bottom).";

    /// <inheritdoc/>
    public string Shape => "one a split and half";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Higher;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => HalfSpectrum.Both.Length * (long)networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) => snapshot.Program.Splits.SelectMany(_ => HalfSpectrum.Both, (split, half) =>
        new MetricValues(split.Name, half.Name, Accuracy.Share(snapshot.Get(new HalfSpectrumOutputs(split.Name, half)), split.Targets)));
}
