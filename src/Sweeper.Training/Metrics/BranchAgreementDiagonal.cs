using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class BranchAgreementDiagonal : IMetric
{
    /// <inheritdoc/>
    public string Name => "branch_agreement_diagonal";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"|u_i . u'_i| |v_i . v'_i| of the i-th singular vectors of a weight matrix in two networks of a trial, for the first hundred; of (nearly) equal singular values the vectors are arbitrary. See `branch_agreement`. {MemberPairs.ComponentsOfMatrices}";

    /// <inheritdoc/>
    public string Shape => "one a pair of networks with a weight matrix and rank";

    /// <inheritdoc/>
    public bool IsPerMember => false;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => MemberPairs.Ranks(networks);

    /// <inheritdoc/>
    public string? Lacks(NetworkDeclaration networks) => MemberPairs.Lacks(networks);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        MemberPairs.OfRanks(snapshot, pair => snapshot.Get(new PairAgreements(pair)));
}
