using System.Collections.Immutable;

namespace Sweeper.Training.Metrics;

/// <summary>What can be measured of the weight matrices of any network.</summary>
internal static class WeightMetrics
{
    /// <summary>Spectra, norms, how singular vectors agree, and the loss of half a spectrum.</summary>
    public static ImmutableArray<IMetric> All { get; } =
    [
        new SingularValues(), new EffectiveRank(), new NormalisedEffectiveRank(), new StableRank(), new SpectralEntropy(), new Count90(),
        new WeightNorm(), new LayerAlignment(), new LayerAlignmentDiagonal(), new FinalAgreement(), new FinalAgreementDiagonal(),
        new HalfSpectrumLoss(),
    ];
}
