using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class FinalAgreement : IMetric
{
    /// <inheritdoc/>
    public string Name => "final_agreement";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "How far the strongest singular vectors of a weight matrix are already those after the last step of training: the mean of the first ten entries of `final_agreement_diagonal` (of all, where there are fewer). Networks of the measured steps are kept in memory until then; undefined for trials that diverge before (Yunis et al. 2024, section 4).";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public bool LooksBack => true;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Get(new FinalAgreements()).Select(matrix => new MetricValues("", matrix.Component, LeadingDiagonal.Mean(matrix.Agreements)));
}
