using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class FinalAgreementDiagonal : IMetric
{
    /// <inheritdoc/>
    public string Name => "final_agreement_diagonal";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "|u_i . u'_i| |v_i . v'_i| of the i-th singular vectors of a weight matrix now and after the last step of training, for the first hundred; of (nearly) equal singular values the vectors are arbitrary. See `final_agreement` (Yunis et al. 2024, section 4).";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix and rank";

    /// <inheritdoc/>
    public bool LooksBack => true;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Sum(weight => Math.Min(LeadingDiagonal.Reported, weight.Rank));

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Get(new FinalAgreements()).Select(matrix => new MetricValues("", matrix.Component, LeadingDiagonal.Of(matrix.Agreements)));
}
