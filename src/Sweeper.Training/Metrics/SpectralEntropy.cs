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
    public string Doc => "Entropy (nats) of the singular values of each weight matrix over their sum.";

    /// <inheritdoc/>
    public long Rows(NetworkShape shape) => shape.Depth;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, SpectrumStatistics.Entropy(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
