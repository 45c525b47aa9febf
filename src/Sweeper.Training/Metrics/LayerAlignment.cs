using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LayerAlignment : IMetric
{
    /// <inheritdoc/>
    public string Name => "layer_alignment";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "How far what a weight matrix puts out is what the next one takes in: the mean of the first ten entries of `layer_alignment_diagonal` (of all, where there are fewer). 1 is aligned; undefined for a single matrix (Yunis et al. 2024, equation 4).";

    /// <inheritdoc/>
    public string Shape => "one a pair of consecutive weight matrices";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => Math.Max(1, networks.Layout.Pairs.Length);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Get(new LayerAlignments()).Select(pair => new MetricValues("", pair.Pair, LeadingDiagonal.Mean(pair.Agreements)));
}
