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
    public string Doc => "Squared Frobenius norm divided by the squared largest singular value, between 1 and the rank; 0 for a zero matrix. Small singular values count less than in `effective_rank`.";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, SpectrumStatistics.StableRank(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
