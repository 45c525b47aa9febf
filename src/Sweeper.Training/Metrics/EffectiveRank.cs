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
    public string Doc => "exp(H) with H the `spectral_entropy` of the matrix: the number of equal singular values that would have this entropy, between 1 and the smaller side; 0 for a zero matrix (Roy and Vetterli 2007).";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, 
            SpectrumStatistics.EffectiveRank(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
