using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How far the networks of a trial are from each other (Yunis et al. 2024, section 5.2).</summary>
internal static class BranchMetrics
{
    private const string Components =
        "Components are the pairs of a trial's networks (`0-1`), and the means over all pairs of branches of one trunk (`same trunk`) "
        + "and over pairs of equally numbered branches of different trunks (`different trunks`). Undefined for a trial of one network.";

    /// <summary>The loss between two networks.</summary>
    public static Metric PathLoss { get; } = OnSplits(
        "path_loss",
        "The reported loss at 11 evenly spaced points of the straight line between two networks of a trial, all parameters "
        + "interpolated: index 0 is the first network, 10 the second (linear mode connectivity: Yunis et al. 2024, section 5.2).",
        [new Dimension("point of the line", MetricColumn.Index, _ => PathLosses.Points)], losses => losses);

    /// <summary>Its rise above its ends.</summary>
    public static Metric Barrier { get; } = OnSplits(
        "barrier",
        "Largest rise of `path_loss` above the straight line between its ends, ends included, so that it is never negative; 0 is linearly "
        + "connected (Yunis et al. 2024, section 5.2).",
        [], losses => PathLosses.Barrier(losses, isInterior: false));

    /// <summary>The same without the ends.</summary>
    public static Metric BarrierInterior { get; } = OnSplits(
        "barrier_interior",
        "As `barrier` without the two ends, as in the paper's code: negative where averaged networks are better than their ends.",
        [], losses => PathLosses.Barrier(losses, isInterior: true));

    /// <summary>Whether their singular vectors are the same, matrix by matrix.</summary>
    public static Metric Agreement { get; } = OfPairs(
        "branch_agreement",
        "How far two networks of a trial have the same singular vectors, matrix by matrix (index 0 is W1): mean of |u . u'| |v . v'| "
        + "over the ten leading pairs of singular vectors; 1 is equal, chance is about 2 / (pi sqrt(rows columns)) (Yunis et al. 2024, "
        + "section 5.2).",
        [Dimension.NetworkPair, new Dimension("weight matrix", MetricColumn.Index, networks => networks.Layout.Weights.Length)],
        snapshot => MemberPairs.Values(snapshot, "", pair => snapshot.Get(new PairAgreement(pair)))) with
    {
        Vectors = SingularVectors.OfWeights,
    };

    /// <summary>The same, mean over the matrices.</summary>
    public static Metric AgreementMean { get; } = OfPairs(
        "branch_agreement_mean",
        "Mean of `branch_agreement` over all weight matrices.",
        [Dimension.NetworkPair],
        snapshot => MemberPairs.Values(snapshot, "", pair => snapshot.Get(new PairAgreement(pair)).mean([1L]))) with
    {
        Vectors = SingularVectors.OfWeights,
    };

    /// <summary>The same, rank by rank.</summary>
    public static Metric AgreementDiagonal { get; } = OfPairsByRank(
        "branch_agreement_diagonal",
        "|u_i . u'_i| |v_i . v'_i| of the i-th singular vectors of a weight matrix in two networks of a trial, for the first hundred; of "
        + "(nearly) equal singular values the vectors are arbitrary. See `branch_agreement`.",
        (snapshot, pair) => snapshot.Get(new PairAgreements(pair)));

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } = [PathLoss, Barrier, BarrierInterior, Agreement, AgreementMean, AgreementDiagonal];

    private static Metric OnSplits(string name, string doc, ImmutableArray<Dimension> further, Func<Tensor, Tensor> ofLosses) => OfPairs(
        name, doc, [Dimension.Split, Dimension.NetworkPair, .. further],
        snapshot => MemberPairs.OnSplits(snapshot, (split, pair) => ofLosses(snapshot.Get(new PathLosses(split, pair))))) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The leading diagonals of agreements [K / M, r, r] of pairs, one for each weight matrix.</summary>
    public static Metric OfPairsByRank(
        string name, string doc, Func<NetworkSnapshot, MemberPair, IReadOnlyList<Tensor>> agreements) => OfPairs(
        name, $"{doc} Components are named with the matrix: `0-1 W2`.",
        [Dimension.Ragged("pair of networks with a weight matrix", MetricColumn.Component), Dimension.Rank],
        snapshot => MemberPairs.OfRanks(snapshot, pair => agreements(snapshot, pair))) with
    {
        Vectors = SingularVectors.OfWeights,
        Rows = networks =>
            (long)networks.Branching.Groups.Length * networks.Layout.Weights.Sum(weight => Math.Min(LeadingDiagonal.Reported, weight.Rank)),
    };

    /// <summary>A metric of pairs.</summary>
    public static Metric OfPairs(
        string name, string doc, ImmutableArray<Dimension> dimensions, Func<NetworkSnapshot, IEnumerable<MetricValues>> measure) => new(
        name, 1, $"{doc} {Components}", dimensions, measure)
    {
        IsPerMember = false,
        Lacks = networks => networks.Branching.Members < 2 ? "needs at least two networks in a trial: branches, or trunks" : null,
    };
}
