using System.Collections.Immutable;

namespace Sweeper.Training.Metrics;

/// <summary>What can be measured of the weight matrices of any network.</summary>
internal static class WeightMetrics
{
    /// <summary>Spectra, norms, how singular vectors agree, and the loss of half a spectrum.</summary>
    public static ImmutableArray<Metric> All { get; } = [.. SpectrumMetrics.All, .. AgreementMetrics.All, HalfSpectrumMetrics.Loss];
}
