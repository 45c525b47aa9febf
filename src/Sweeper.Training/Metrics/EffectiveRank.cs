using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class EffectiveRank : IMetric
{
    /// <inheritdoc/>
    public string Name => "effective_rank";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "exp(H) of each weight matrix, H the entropy (nats) of its singular values over their sum; 0 for a zero matrix (Roy and Vetterli 2007).";

    /// <inheritdoc/>
    public long Rows(NetworkShape shape) => shape.Depth;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, 
            SpectrumStatistics.EffectiveRank(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
