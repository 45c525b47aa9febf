using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class BranchAgreement : IMetric
{
    /// <inheritdoc/>
    public string Name => "branch_agreement";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"How far two networks of a trial have the same singular vectors, matrix by matrix (index 0 is W1): mean of |u . u'| |v . v'| over the ten leading pairs of singular vectors; 1 is equal, chance is about 2 / (pi sqrt(rows columns)) (Yunis et al. 2024, section 5.2). {MemberPairs.Components}";

    /// <inheritdoc/>
    public string Shape => "one a pair of networks and weight matrix";

    /// <inheritdoc/>
    public bool IsPerMember => false;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfWeights;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Branching.Groups.Length * networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public string? Lacks(NetworkDeclaration networks) => MemberPairs.Lacks(networks);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        MemberPairs.Values(snapshot, "", pair => snapshot.Get(new PairAgreement(pair)));
}
