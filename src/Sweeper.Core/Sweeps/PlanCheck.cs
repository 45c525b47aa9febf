using System.Globalization;
using System.Numerics;

namespace Sweeper.Core.Sweeps;

/// <summary>What only the whole sweep shows: steps that are never reached, sheer size.</summary>
internal static class PlanCheck
{
    private const long MostTrials = 100_000_000;

    /// <summary>Throws when the product of axes and seeds is beyond any results folder.</summary>
    public static void RefuseTooMany(SweepContent content)
    {
        var trials = content.Seeds.Length * content.Union.Aggregate(
            BigInteger.Zero, (sum, grid) => sum + grid.Axes.Aggregate(BigInteger.One, (product, axis) => product * Rows(content, axis)));
        if (trials > MostTrials)
        {
            throw content.Places.Experiment.Fault(
                string.Create(CultureInfo.InvariantCulture, $"the sweep has {trials} trials"),
                string.Create(CultureInfo.InvariantCulture, $"a sweep has at most {MostTrials}, those that are excluded included: use fewer values, or zip axes that belong together"));
        }
    }

    /// <summary>Throws when a measurement is asked for at a listed step behind the end of every training.</summary>
    public static void RefuseUnreached(SweepContent content, long furthest)
    {
        foreach (var rule in content.Measure)
        {
            if (rule is { Place: { } place, Steps: MeasureSteps.Listed { Steps: [.., var last] } } && last > furthest)
            {
                throw place.Fault($"step {last} is never reached: training ends at step {furthest}", "name earlier steps, or train longer");
            }
        }
    }

    /// <summary>Throws when a metric is asked for that no point has. <paramref name="lacking"/>: what it lacks, by name.</summary>
    public static void RefuseUndefined(SweepContent content, IReadOnlyDictionary<string, string> lacking)
    {
        foreach (var rule in content.Measure)
        {
            if (rule.Place is { } place && rule.Metrics.FirstOrDefault(metric => lacking.ContainsKey(metric.Name)) is { } undefined)
            {
                throw place.Fault($"no point has a value of {undefined.Name}: it {lacking[undefined.Name]}", "give some points what it needs, or leave it out");
            }
        }
    }

    /// <summary>At most as many rows as an axis has once each of its conditional names has its other value too.</summary>
    private static BigInteger Rows(SweepContent content, SweepAxis axis)
    {
        var conditional = content.Conditions.Count(condition => axis.Hyperparameters.Contains(condition.Declared));
        return axis.Hyperparameters.Length == 1 ? axis.Count + conditional : (BigInteger)axis.Count << conditional;
    }
}
