using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>Spectra and norms of weight matrices.</summary>
internal static class SpectrumMetrics
{
    /// <summary>Singular values.</summary>
    public static Metric SingularValues { get; } =
        Metric.OfWeights("singular_values", 1, "Singular values of each weight matrix, descending.", [Dimension.Rank], Spectrum) with
        {
            Rows = networks => networks.Layout.Weights.Sum(weight => weight.Rank),
        };

    /// <summary>Effective rank.</summary>
    public static Metric EffectiveRank { get; } = Metric.OfWeights(
        "effective_rank", 1,
        "exp(H) with H the `spectral_entropy` of the matrix: the number of equal singular values that would have this entropy, "
        + "between 1 and the smaller side; 0 for a zero matrix (Roy and Vetterli 2007).",
        [], (snapshot, weight) => SpectrumStatistics.EffectiveRank(Spectrum(snapshot, weight)));

    /// <summary>Effective rank over the rank of a flat spectrum.</summary>
    public static Metric NormalisedEffectiveRank { get; } = Metric.OfWeights(
        "normalised_effective_rank", 1,
        "`effective_rank` divided by the smaller side of the matrix: 1 for a flat spectrum, 0 for a zero matrix (Yunis et al. 2024, "
        + "section 3).",
        [], (snapshot, weight) => SpectrumStatistics.NormalisedEffectiveRank(Spectrum(snapshot, weight)));

    /// <summary>Stable rank.</summary>
    public static Metric StableRank { get; } = Metric.OfWeights(
        "stable_rank", 1,
        "Squared Frobenius norm divided by the squared largest singular value, between 1 and the rank; 0 for a zero matrix. "
        + "Small singular values count less than in `effective_rank`.",
        [], (snapshot, weight) => SpectrumStatistics.StableRank(Spectrum(snapshot, weight)));

    /// <summary>Entropy of the spectrum.</summary>
    public static Metric SpectralEntropy { get; } = Metric.OfWeights(
        "spectral_entropy", 1,
        "Entropy, in nats, of the matrix's singular values divided by their sum; 0 for rank one and for a zero matrix.",
        [], (snapshot, weight) => SpectrumStatistics.Entropy(Spectrum(snapshot, weight)));

    /// <summary>How many singular values carry nine tenths.</summary>
    public static Metric Count90 { get; } = Metric.OfWeights(
        "count90", 1,
        "Smallest number of singular values that together carry more than 90 % of their sum; 0 for a zero matrix.",
        [], (snapshot, weight) => SpectrumStatistics.Count90(Spectrum(snapshot, weight)));

    /// <summary>Frobenius norm.</summary>
    public static Metric WeightNorm { get; } = Metric.OfWeights(
        "weight_norm", 1,
        "Frobenius norm: the root of the sum of squares of the matrix's entries.",
        [], (snapshot, weight) => FrobeniusNorm.Of(snapshot.Parameters.Matrices(weight).to(ScalarType.Float64)));

    /// <summary>The teacher's singular values.</summary>
    public static Metric TeacherSingularValues { get; } = new(
        "teacher_singular_values", 1,
        "Singular values of each of the teacher's weight matrices, descending: teacher_spectrum and, for a leaky-ReLU teacher, ones. "
        + "Does not change in training.",
        [Dimension.Ragged("matrix of the teacher", MetricColumn.Component), Dimension.Rank],
        snapshot => (snapshot.Program.Teacher ?? throw new InvalidOperationException("this program has no teacher")).Parameters.Weights
            .Select(weight => new MetricValues("", weight.Name, BatchedSvd.Values(weight.Matrices))))
    {
        Rows = networks => networks.Teacher?.Weights.Sum(weight => weight.Rank) ?? 0,
    };

    /// <summary>Those that any network has.</summary>
    public static ImmutableArray<Metric> All { get; } =
        [SingularValues, EffectiveRank, NormalisedEffectiveRank, StableRank, SpectralEntropy, Count90, WeightNorm];

    private static Tensor Spectrum(NetworkSnapshot snapshot, string weight) => snapshot.Get(new WeightSpectrum(weight));
}
