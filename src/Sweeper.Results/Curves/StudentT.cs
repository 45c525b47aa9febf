using System.Collections.Concurrent;

namespace Sweeper.Results.Curves;

/// <summary>Quantiles of Student's t distribution, remembered: a sweep asks for the same few ones a million times.</summary>
internal static class StudentT
{
    private static readonly ConcurrentDictionary<int, double> Known = new();

    /// <summary>The 0.975 quantile; NaN without a degree of freedom.</summary>
    public static double Quantile975(int degreesOfFreedom) => degreesOfFreedom < 1
        ? double.NaN
        : Known.GetOrAdd(degreesOfFreedom, static degrees => MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degrees, 0.975));
}
