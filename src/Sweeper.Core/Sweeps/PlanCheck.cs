using System.Globalization;
using System.Numerics;
using System.Text;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps;

/// <summary>What only the whole sweep shows: steps that are never reached, sheer size.</summary>
internal static class PlanCheck
{
    private const long MostTrials = 100_000_000;

    /// <summary>Bytes of a sweep with its values written out: it travels in one frame of the network, with room to spare.</summary>
    private const int MostBytes = 100_000;

    /// <summary>Rows of one axis, those with the values of `when` among them; they are held in memory.</summary>
    private const long MostRows = 1_000_000;

    /// <summary>
    /// Conditions and earlier grids times combinations that each of them is held against: minutes, where more would be hours.
    /// </summary>
    private const long MostChecks = 2_000_000_000;

    /// <summary>
    /// Measured steps of a sweep, those of each length of training counted once: what a schedule needs in memory, and in every
    /// line of the journal that names it.
    /// </summary>
    private const long MostSteps = 1_000_000;

    /// <summary>A curve with as many points is as fine as a page can show.</summary>
    private const long EnoughSteps = 1000;

    /// <summary>Throws when the product of axes and seeds is beyond any results folder.</summary>
    public static void RefuseTooMany(SweepContent content)
    {
        var places = content.Union.Aggregate(
            BigInteger.Zero, (sum, grid) => sum + grid.Axes.Aggregate(BigInteger.One, (product, axis) => product * Rows(content, axis)));
        var trials = places * content.Seeds.Length;
        if (trials > MostTrials)
        {
            throw content.Places.Experiment.Fault(
                string.Create(CultureInfo.InvariantCulture, $"the sweep has {trials} trials"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a sweep has at most {MostTrials}, those that are excluded included: use fewer values, or zip "
                    + $"axes that belong together"));
        }

        if (content.Union.SelectMany(grid => grid.Axes).FirstOrDefault(axis => Rows(content, axis) > MostRows) is { } wide)
        {
            throw content.Places.Hyperparameters[wide.Hyperparameters[0].Name].Fault(
                string.Create(CultureInfo.InvariantCulture,
                    $"these zipped names have {Rows(content, wide)} rows of values, since some of them stand in `when`"),
                string.Create(CultureInfo.InvariantCulture,
                    $"a group has at most {MostRows}: zip fewer values, or put fewer of these names into `when`"));
        }

        var conditions = content.Exclusions.Length + content.Conditions.Length + content.Grids.Length;
        var checks = conditions * (content.Exclusions.Any(predicate => predicate.Names.Contains(Vocabulary.Seed)) ? trials : places);
        if (checks > MostChecks)
        {
            throw content.Places.Experiment.Fault(
                string.Create(CultureInfo.InvariantCulture,
                    $"{conditions} conditions and grids would be held against {checks / conditions} combinations"),
                string.Create(CultureInfo.InvariantCulture,
                    $"the product of the two is at most {MostChecks}: join conditions with `or`, or use fewer values"));
        }
    }

    /// <summary>Throws when a sweep, written out, does not fit into one message between processes.</summary>
    public static void RefuseTooLong(SweepContent content, string resolved)
    {
        if (Encoding.UTF8.GetByteCount(resolved) is var bytes && bytes > MostBytes)
        {
            throw content.Places.Experiment.Fault(
                $"the sweep has {bytes / 1000} kB with all of its values written out",
                $"a sweep has at most {MostBytes / 1000} kB: write long lists as linspace(..) or geomspace(..), or split the sweep");
        }
    }

    /// <summary>How many steps of a training are measured at most; counted, not listed.</summary>
    public static long MeasuredSteps(SweepContent content, long last) =>
        content.Measure.Sum(rule => Math.Min(rule.Steps.CountUntil(last), MostSteps + 1));

    /// <summary>Throws when more steps are measured than a schedule can hold.</summary>
    /// <param name="content">The file.</param>
    /// <param name="lengths">The lengths of training so far.</param>
    /// <param name="measured">How many steps are measured over these.</param>
    public static void RefuseTooManySteps(SweepContent content, IReadOnlyCollection<long> lengths, long measured)
    {
        if (measured > MostSteps)
        {
            var last = lengths.Max();
            var finest = content.Measure.MaxBy(rule => rule.Steps.CountUntil(last))!;
            var at = finest.Steps.CountUntil(last);
            throw (finest.Place ?? content.Places.Experiment).Fault(
                lengths.Count == 1
                    ? $"training to step {last} is measured at about {at} steps"
                    : $"{lengths.Count} lengths of training are measured at more than {MostSteps} steps together, the "
                        + $"longest at about {at}",
                $"a sweep is measured at {MostSteps} steps at most: measure less often, for example at {{ "
                + $"every: {Round(last / EnoughSteps)} }} or {{ log: 100 }}");
        }
    }

    /// <summary>Notes where a measurement is asked for at a listed step after the end of every training.</summary>
    public static void RefuseUnreached(SweepContent content, long furthest, Faults faults)
    {
        foreach (var rule in content.Measure)
        {
            if (rule is { Place: { } place, Steps: MeasureSteps.Listed { Steps: [.., var last] } } && last > furthest)
            {
                faults.Add(place.Fault($"step {last} is never reached: training ends at step {furthest}",
                    "name earlier steps, or train longer"));
            }
        }
    }

    /// <summary>Notes where a metric is asked for that no point has. <paramref name="lacking"/>: what it lacks, by name.</summary>
    public static void RefuseUndefined(SweepContent content, IReadOnlyDictionary<string, string> lacking, Faults faults)
    {
        foreach (var rule in content.Measure)
        {
            foreach (var undefined in rule.Place is null ? [] : rule.Metrics.Where(metric => lacking.ContainsKey(metric.Name)))
            {
                faults.Add(rule.Place!.Fault($"no point has a value of {undefined.Name}: it {lacking[undefined.Name]}",
                    "give some points what it needs, or leave it out"));
            }
        }
    }

    /// <summary>The next number that is 1, 2 or 5 times a power of ten.</summary>
    private static long Round(long number)
    {
        var unit = 1L;
        while (unit * 10 <= number)
        {
            unit *= 10;
        }

        return number <= unit ? unit : number <= 2 * unit ? 2 * unit : number <= 5 * unit ? 5 * unit : 10 * unit;
    }

    /// <summary>At most as many rows as an axis has once each of its conditional names has its other value too.</summary>
    private static BigInteger Rows(SweepContent content, SweepAxis axis)
    {
        var conditional = content.Conditions.Count(condition => axis.Hyperparameters.Contains(condition.Declared));
        return axis.Hyperparameters.Length == 1 ? axis.Count + conditional : (BigInteger)axis.Count << conditional;
    }
}
