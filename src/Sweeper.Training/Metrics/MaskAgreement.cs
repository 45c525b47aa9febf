using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class MaskAgreement : IMetric
{
    /// <inheritdoc/>
    public string Name => "mask_agreement";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"How far the weights of the first network of a pair keep their singular vectors under the mask of the second, which is where the second one has weights that are not zero, matrix by matrix (index 0 is W1): mean of |u . u'| |v . v'| over the ten leading pairs of singular vectors of the matrix and of the masked matrix; 1 where nothing is masked, chance is about 2 / (pi sqrt(rows columns)) (Yunis et al. 2024, section 5.1). {MemberPairs.Components}";

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
        MemberPairs.Values(snapshot, "", pair => stack(snapshot.Get(new MaskAgreements(pair)).Select(LeadingDiagonal.Mean), 1));
}
