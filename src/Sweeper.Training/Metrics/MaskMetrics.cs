using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>What masks leave of weight matrices (Yunis et al. 2024, section 5.1).</summary>
internal static class MaskMetrics
{
    /// <summary>How many weights are left.</summary>
    public static Metric Density { get; } = Metric.OfWeights(
        "density", 1,
        "Share of a matrix's weights that are not zero: what a mask leaves of it.",
        [], (snapshot, weight) => snapshot.Parameters.Matrices(weight).ne(0).to(ScalarType.Float64).mean([1L, 2L]));

    /// <summary>What is left of their singular vectors.</summary>
    public static Metric Agreement { get; } = BranchMetrics.OfPairs(
        "mask_agreement",
        "How far the weights of the first network of a pair keep their singular vectors under the mask of the second, which is where that "
        + "has weights that are not zero, matrix by matrix (index 0 is W1): mean of |u . u'| |v . v'| over the ten leading pairs of "
        + "singular vectors of the matrix and of the masked matrix; 1 where nothing is masked, chance is about 2 / (pi sqrt(rows columns)) "
        + "(Yunis et al. 2024, section 5.1).",
        [Dimension.NetworkPair, new Dimension("weight matrix", MetricColumn.Index, networks => networks.Layout.Weights.Length)],
        snapshot => MemberPairs.Values(
            snapshot, "", pair => stack(snapshot.Get(new MaskAgreements(pair)).Select(LeadingDiagonal.Mean), 1))) with
    {
        Vectors = SingularVectors.OfWeights,
    };

    /// <summary>The same, rank by rank.</summary>
    public static Metric AgreementDiagonal { get; } = BranchMetrics.OfPairsByRank(
        "mask_agreement_diagonal",
        "|u_i . u'_i| |v_i . v'_i| of the i-th singular vectors of a weight matrix and of the same matrix under a mask, for the first "
        + "hundred; see `mask_agreement`.",
        (snapshot, pair) => snapshot.Get(new MaskAgreements(pair)));

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } = [Density, Agreement, AgreementDiagonal];
}
