using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class NormalisedEffectiveRank : IMetric
{
    /// <inheritdoc/>
    public string Name => "normalised_effective_rank";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "`effective_rank` divided by the smaller side of the matrix: 1 for a flat spectrum, 0 for a zero matrix (Yunis et al. 2024, section 3).";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, 
            SpectrumStatistics.EffectiveRank(snapshot.Get(new WeightSpectrum(weight.Name))) / Math.Min(weight.Matrices.shape[1], weight.Matrices.shape[2])));
}
