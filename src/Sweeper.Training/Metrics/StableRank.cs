using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class StableRank : IMetric
{
    /// <inheritdoc/>
    public string Name => "stable_rank";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Squared Frobenius over squared spectral norm of each weight matrix; 0 for a zero matrix.";

    /// <inheritdoc/>
    public long Rows(NetworkShape shape) => shape.Depth;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, SpectrumStatistics.StableRank(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
