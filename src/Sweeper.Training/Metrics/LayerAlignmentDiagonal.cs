using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LayerAlignmentDiagonal : IMetric
{
    /// <inheritdoc/>
    public string Name => "layer_alignment_diagonal";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "|u_i . v_i| of the i-th left singular vector of a weight matrix and the i-th right one of the next, for the first hundred. Chance is about 0.8 / sqrt(n) for n units between them; of (nearly) equal singular values the vectors are arbitrary (Yunis et al. 2024, section 3.2).";

    /// <inheritdoc/>
    public string Shape => "one a pair of consecutive weight matrices and rank";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) =>
        Math.Max(1, networks.Layout.Pairs.Sum(pair => Math.Min(LeadingDiagonal.Reported, pair.Rank)));

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Get(new LayerAlignments()).Select(pair => new MetricValues("", pair.Pair, LeadingDiagonal.Of(pair.Agreements)));
}
