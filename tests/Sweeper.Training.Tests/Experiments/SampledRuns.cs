using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Golden;
using Sweeper.Training.Experiments;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Runs small sweeps over seeds and compares means with those of a file.</summary>
internal static class SampledRuns
{
    /// <summary>Values of a metric at a step, over the seeds that did not diverge.</summary>
    public delegate double[] Values(string metric, long step, string split, string component, int index, int member = 0);

    /// <summary>Trains a sweep of one point.</summary>
    public static Values Train(string yaml)
    {
        var packs = Packs(yaml);
        return (metric, step, split, component, index, member) =>
            [.. packs.SelectMany(pack => Enumerable.Range(0, pack.Work.Trials.Length).Where(trial => IsAlive(pack, trial))
                .Select(trial => pack.Measured.Of(metric, step, trial, split, component, member)[index]))];
    }

    /// <summary>Trains a sweep, pack by pack.</summary>
    public static List<(PackWork Work, Measured Measured)> Packs(string yaml)
    {
        var plan = SweepPlan.Parse(yaml, new ExperimentCatalog());
        return [.. plan.Packs.Select(pack => plan.WorkFor(pack, static (_, _) => true)).Select(work => (work, TestPacks.Run(work)))];
    }

    private static bool IsAlive((PackWork Work, Measured Measured) pack, int trial) => pack.Measured.Blocks
        .Any(block => block.Step == pack.Work.Schedule.Snapshots[^1].Step && block.Trials.Span.Contains(trial));

    /// <summary>Four standard errors of the difference of two means.</summary>
    public static void CheckMean(GoldenCase golden, GoldenNode mean, double error, double[] values) =>
        Judge(golden, mean, error, values.Average(), Math.Sqrt(Variance(values) / values.Length));

    /// <summary>
    /// The same of N times a variance. The file's error is that of normal numbers; what we drew says by how much it is larger, by its
    /// fourth moment.
    /// </summary>
    public static void CheckVariance(GoldenCase golden, GoldenNode expected, double error, double networks, double[] values, double width)
    {
        double mean = values.Average(), variance = Variance(values);
        var excess = values.Average(value => Math.Pow(value - mean, 4)) / (variance * variance) - 1;
        var own = variance * Math.Sqrt(excess / values.Length);
        Judge(golden, expected, Math.Max(error, width * variance * Math.Sqrt(excess / networks)), width * variance, width * own);
    }

    private static void Judge(GoldenCase golden, GoldenNode expected, double error, double value, double own) => golden.Judge(
        expected,
        Math.Abs(value - expected.Number())
            / (4 * Math.Sqrt((error * error) + (own * own)) + 1e-12 * Math.Abs(expected.Number()) + double.Epsilon),
        FormattableString.Invariant($"{expected.Number():R} expected, {value:R} +- {own:G2} computed"));

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
