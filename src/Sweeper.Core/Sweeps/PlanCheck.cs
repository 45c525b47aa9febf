using System.Globalization;
using System.Numerics;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Sweeps;

/// <summary>What only the product of all axes shows: contradictions inside a point, steps that are never reached, sheer size.</summary>
internal static class PlanCheck
{
    private const long MostTrials = 100_000_000;

    /// <summary>Throws when the product of axes and seeds is beyond any results folder.</summary>
    public static void RefuseTooMany(SweepContent content)
    {
        var trials = content.Axes.Aggregate((BigInteger)content.Seeds.Length, (product, axis) => product * axis.Count);
        if (trials > MostTrials)
        {
            throw content.Places.Experiment.Fault(
                string.Create(CultureInfo.InvariantCulture, $"the sweep has {trials} trials"),
                string.Create(CultureInfo.InvariantCulture, $"a sweep has at most {MostTrials}: use fewer values, or zip axes that belong together"));
        }
    }

    /// <summary>Throws at the first point, in canonical order, that the experiment refuses; a function of the content alone.</summary>
    public static void RefuseContradictions(SweepContent content, Grid grid)
    {
        var furthest = 0L;
        for (var block = 0L; block < grid.StaticCount; block++)
        {
            for (var batched = 0L; batched < grid.BatchedCount; batched++)
            {
                if (content.Experiment.Validate(grid.At(block, batched)) is { } contradiction)
                {
                    throw content.Places.Of(contradiction).Fault(contradiction, "change one of these values; a zip pairs values that belong together");
                }
            }

            var point = grid.At(block, 0);
            furthest = Math.Max(furthest, content.Experiment.LastStep(point));
            if (content.Experiment.LanesPerTrial(point) is var lanes && lanes > LaneBuckets.Largest)
            {
                throw content.Places.Experiment.Fault($"one trial needs {lanes} networks at once", $"a pack has at most {LaneBuckets.Largest} lanes: ask for fewer networks in a trial");
            }
        }

        foreach (var rule in content.Measure)
        {
            if (rule is { Place: { } place, Steps: MeasureSteps.Listed { Steps: [.., var last] } } && last > furthest)
            {
                throw place.Fault($"step {last} is never reached: training ends at step {furthest}", "name earlier steps, or train longer");
            }
        }
    }
}
