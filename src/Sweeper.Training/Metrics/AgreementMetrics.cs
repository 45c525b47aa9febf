using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>How singular vectors of weight matrices agree: with those of the next layer, and with those at the end of training.</summary>
internal static class AgreementMetrics
{
    private static readonly Dimension LayerPair = new(
        "pair of connected weight matrices", MetricColumn.Component, networks => Math.Max(1, networks.Layout.Pairs.Length));

    /// <summary>Alignment of neighbouring layers.</summary>
    public static Metric LayerAlignment { get; } = new(
        "layer_alignment", 1,
        "How far what a weight matrix puts out is what one that follows it takes in: the mean of the first ten entries of "
        + "`layer_alignment_diagonal` (of all, where there are fewer). 1 is aligned; undefined for a single matrix (Yunis et al. 2024, "
        + "equation 4).",
        [LayerPair],
        snapshot => snapshot.Get(new LayerAlignments())
            .Select(pair => new MetricValues("", pair.Pair, LeadingDiagonal.Mean(pair.Agreements))))
    {
        Vectors = SingularVectors.OfWeights,
    };

    /// <summary>The same, rank by rank.</summary>
    public static Metric LayerAlignmentDiagonal { get; } = new(
        "layer_alignment_diagonal", 1,
        "|u_i . v_i| of the i-th left singular vector of a weight matrix and the i-th right one of one that follows it, for the first "
        + "hundred. Chance is about 0.8 / sqrt(n) for n units between them; of (nearly) equal singular values the vectors are arbitrary "
        + "(Yunis et al. 2024, section 3.2).",
        [LayerPair, Dimension.Rank],
        snapshot => snapshot.Get(new LayerAlignments())
            .Select(pair => new MetricValues("", pair.Pair, LeadingDiagonal.Of(pair.Agreements))))
    {
        Vectors = SingularVectors.OfWeights,
        Rows = networks => Math.Max(1, networks.Layout.Pairs.Sum(pair => Math.Min(LeadingDiagonal.Reported, pair.Rank))),
    };

    /// <summary>Agreement with the end of training.</summary>
    public static Metric FinalAgreement { get; } = new(
        "final_agreement", 1,
        "How far the strongest singular vectors of a weight matrix are already those after the last step of training: the mean of the "
        + "first ten entries of `final_agreement_diagonal` (of all, where there are fewer). Networks of the measured steps are kept in "
        + "memory until then; undefined for trials that diverge before (Yunis et al. 2024, section 4).",
        [Dimension.WeightMatrix],
        snapshot => snapshot.Get(new FinalAgreements())
            .Select(matrix => new MetricValues("", matrix.Component, LeadingDiagonal.Mean(matrix.Agreements))))
    {
        LooksBack = true, Vectors = SingularVectors.OfWeights,
    };

    /// <summary>The same, rank by rank.</summary>
    public static Metric FinalAgreementDiagonal { get; } = new(
        "final_agreement_diagonal", 1,
        "|u_i . u'_i| |v_i . v'_i| of the i-th singular vectors of a weight matrix now and after the last step of training, for the first "
        + "hundred; of (nearly) equal singular values the vectors are arbitrary. See `final_agreement` (Yunis et al. 2024, section 4).",
        [Dimension.WeightMatrix, Dimension.Rank],
        snapshot => snapshot.Get(new FinalAgreements())
            .Select(matrix => new MetricValues("", matrix.Component, LeadingDiagonal.Of(matrix.Agreements))))
    {
        LooksBack = true, Vectors = SingularVectors.OfWeights,
        Rows = networks => networks.Layout.Weights.Sum(weight => Math.Min(LeadingDiagonal.Reported, weight.Rank)),
    };

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } = [LayerAlignment, LayerAlignmentDiagonal, FinalAgreement, FinalAgreementDiagonal];
}
