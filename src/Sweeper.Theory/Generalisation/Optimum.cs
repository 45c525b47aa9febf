using MathNet.Numerics;
using MathNet.Numerics.Optimization;

namespace Sweeper.Theory.Generalisation;

/// <summary>When training is best stopped.</summary>
/// <param name="Time">In units of tau.</param>
/// <param name="Error">The test error then.</param>
public sealed record Optimum(double Time, double Error)
{
    private const int Scanned = 400;
    private const double Earliest = 1e-3;
    private const double Accuracy = 1e-6;

    /// <summary>The least value of an error curve from the start to a time; at that time itself where it is infinite.</summary>
    public static Optimum Of(Func<double, double> error, double last)
    {
        if (last == 0 || double.IsPositiveInfinity(last))
        {
            return new(last, error(last));
        }

        double[] times = [0, .. Generate.LogSpaced(Scanned, Math.Log10(Earliest * last), Math.Log10(last))];
        var errors = Array.ConvertAll(times, time => error(time));
        var best = Array.IndexOf(errors, errors.Min());
        var scanned = new Optimum(times[best], errors[best]);
        if (best == 0)
        {
            return scanned;
        }

        double before = times[best - 1], after = times[Math.Min(best + 1, Scanned)];
        var refined = GoldenSectionMinimizer
            .Minimum(ObjectiveFunction.ScalarValue(error), before, after, Accuracy * last).FunctionInfoAtMinimum;
        return refined.Value < scanned.Error ? new(refined.Point, refined.Value) : scanned;
    }
}
