using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class SpectralEntropy : IMetric
{
    /// <inheritdoc/>
    public string Name => "spectral_entropy";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Entropy, in nats, of the matrix's singular values divided by their sum; 0 for rank one and for a zero matrix.";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, SpectrumStatistics.Entropy(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
