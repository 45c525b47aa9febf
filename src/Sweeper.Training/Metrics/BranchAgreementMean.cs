using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class BranchAgreementMean : IMetric
{
    /// <inheritdoc/>
    public string Name => "branch_agreement_mean";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"Mean of `branch_agreement` over all weight matrices. {MemberPairs.Components}";

    /// <inheritdoc/>
    public string Shape => "one a pair of networks";

    /// <inheritdoc/>
    public bool IsPerMember => false;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Branching.Groups.Length;

    /// <inheritdoc/>
    public string? Lacks(NetworkDeclaration networks) => MemberPairs.Lacks(networks);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        MemberPairs.Values(snapshot, "", pair => snapshot.Get(new PairAgreement(pair)).mean([1L]));
}
