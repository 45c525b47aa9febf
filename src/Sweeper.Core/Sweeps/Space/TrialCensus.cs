using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>
/// Goes once through all places of all grids, in order, and decides of each whether it is a point of the sweep: conditions,
/// then exclusions, then membership in an earlier grid. What remains must suit the experiment. Allocates two bits a place at
/// most. A function of the content alone.
/// </summary>
internal sealed class TrialCensus
{
    private readonly SweepContent content;
    private readonly ImmutableArray<Grid> grids;
    private readonly ImmutableArray<Predicate> exclusions;
    private readonly ImmutableArray<Predicate> seedExclusions;
    private readonly RankedBits points;
    private readonly RankedBits? trials;
    private readonly long[] kept;
    private readonly long[] duplicates;
    private long allowed;
    private long excludedPoints;
    private long excludedTrials;
    private readonly HashSet<long> lengths = [];
    private readonly HashSet<Constraint> broken = new(ReferenceEqualityComparer.Instance), used = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Constraint, SweepException> idle = new(ReferenceEqualityComparer.Instance);
    private readonly Faults faults = new();
    private long measured;
    private Dictionary<string, string>? lacking;

    private TrialCensus(SweepContent content, ImmutableArray<Grid> grids)
    {
        this.content = content;
        this.grids = grids;
        exclusions = [.. content.Exclusions.Where(predicate => !predicate.Names.Contains(Vocabulary.Seed))];
        seedExclusions = [.. content.Exclusions.Except(exclusions)];
        var places = grids.Sum(grid => grid.PlaceCount);
        points = new RankedBits(places);
        trials = seedExclusions.IsEmpty ? null : new RankedBits(places * content.Seeds.Length);
        (kept, duplicates) = (new long[grids.Length], new long[grids.Length]);
    }

    /// <summary>
    /// The trials of a sweep, and what was counted on the way. Throws where points break constraints, one fault for each constraint.
    /// </summary>
    public static (TrialSpace Space, PlanCounts Counts) Take(SweepContent content, ImmutableArray<Grid> grids)
    {
        var census = new TrialCensus(content, grids);
        var start = 0L;
        for (var grid = 0; grid < grids.Length; grid++)
        {
            census.Visit(grid, start);
            start += grids[grid].PlaceCount;
        }

        return census.Finish();
    }

    private void Visit(int number, long start)
    {
        var grid = grids[number];
        var values = grid.Standard.ToArray();
        // One point, written over again and again: a constraint looks at it and keeps nothing.
        var point = grid.PointOf(values);
        var rows = new int[grid.Axes.Length];
        var checkedBlock = -1L;
        for (var place = 0L; place < grid.PlaceCount; place++)
        {
            grid.Fill(place, values, rows);
            if (!IsPoint(number, values, rows) || !KeepSeeds(number, start, place, values))
            {
                continue;
            }

            var block = place / grid.BatchedCount;
            Check(point, isNewBlock: block != checkedBlock);
            checkedBlock = block;
            grid.Use(rows);
            points.Set(start + place);
            kept[number]++;
        }
    }

    private bool IsPoint(int number, ReadOnlySpan<Value> values, ReadOnlySpan<int> rows)
    {
        if (!grids[number].Allows(rows, values))
        {
            return false;
        }

        allowed++;
        foreach (var exclusion in exclusions)
        {
            if (exclusion.Holds(values, 0))
            {
                excludedPoints++;
                return false;
            }
        }

        for (var earlier = 0; earlier < number; earlier++)
        {
            if (grids[earlier].Contains(values))
            {
                duplicates[number]++;
                return false;
            }
        }

        return true;
    }

    /// <summary>Decides of each seed of a point; false when none is left.</summary>
    private bool KeepSeeds(int number, long start, long place, ReadOnlySpan<Value> values)
    {
        if (trials is null)
        {
            return true;
        }

        var size = grids[number].BatchedCount;
        var (block, offset) = Math.DivRem(place, size);
        var first = (start + block * size) * content.Seeds.Length + offset;
        var left = 0;
        for (var seed = 0; seed < content.Seeds.Length; seed++)
        {
            var isExcluded = false;
            foreach (var exclusion in seedExclusions)
            {
                isExcluded |= exclusion.Holds(values, content.Seeds[seed]);
            }

            if (!isExcluded)
            {
                trials.Set(first + seed * size);
                left++;
            }
        }

        (excludedPoints, excludedTrials) = left == 0
            ? (excludedPoints + 1, excludedTrials)
            : (excludedPoints, excludedTrials + content.Seeds.Length - left);
        return left > 0;
    }

    private void Check(Point point, bool isNewBlock)
    {
        var isSound = true;
        foreach (var constraint in content.Experiment.Constraints)
        {
            isSound &= constraint.IsUsedBy is null ? Keeps(constraint, point) : Uses(constraint, point);
        }

        if (isSound && isNewBlock)
        {
            Measure(content.Experiment.LastStep(point));
            Lack(point);
            if (content.Experiment.LanesPerTrial(point) is var lanes && lanes > LaneBuckets.Largest)
            {
                throw content.Places.Experiment.Fault(
                    $"one trial needs {lanes} networks at once",
                    $"a pack has at most {LaneBuckets.Largest} lanes: ask for fewer networks in a trial");
            }
        }
    }

    /// <summary>Whether a point keeps a constraint; the first one that does not is a fault.</summary>
    private bool Keeps(Constraint constraint, Point point)
    {
        var holds = constraint.Holds(point);
        if (!holds && broken.Add(constraint))
        {
            faults.Add(FaultOf(
                constraint, point,
                $"{constraint.Remedy}; of swept values, `exclude` the points where they meet, or `zip` those that belong together"));
        }

        return holds;
    }

    /// <summary>Notes whether a setting has an effect at one of the points; always true, since another point may use it.</summary>
    private bool Uses(Constraint setting, Point point)
    {
        if (!used.Contains(setting) && setting.IsUsedBy!(point))
        {
            used.Add(setting);
        }
        else if (!idle.ContainsKey(setting) && !setting.Holds(point))
        {
            idle.Add(setting, FaultOf(setting, point, setting.Remedy));
        }

        return true;
    }

    private SweepException FaultOf(Constraint constraint, Point point, string remedy) =>
        content.Places.Of(constraint.Names).Fault(constraint.Broken(point), remedy);

    /// <summary>Counts the measured steps of a length of training that was not met before.</summary>
    private void Measure(long last)
    {
        if (lengths.Add(last))
        {
            measured += PlanCheck.MeasuredSteps(content, last);
            PlanCheck.RefuseTooManySteps(content, lengths, measured);
        }
    }

    /// <summary>Keeps of the metrics those that no point so far has had a value of.</summary>
    private void Lack(Point point)
    {
        lacking ??= content.Experiment.Metrics.ToDictionary(metric => metric.Name, _ => "");
        foreach (var metric in content.Experiment.Metrics.Where(metric => lacking.ContainsKey(metric.Name)))
        {
            if (metric.Lacks(point) is { } lack)
            {
                lacking[metric.Name] = lack;
            }
            else
            {
                lacking.Remove(metric.Name);
            }
        }
    }

    private (TrialSpace Space, PlanCounts Counts) Finish()
    {
        points.Seal();
        trials?.Seal();
        if (points.Count == 0)
        {
            throw content.Places.Experiment.Fault(
                "every point of the sweep is excluded", "remove one of the conditions of `exclude`, or add values");
        }

        foreach (var (_, fault) in idle.Where(setting => !used.Contains(setting.Key)))
        {
            faults.Add(fault);
        }

        faults.ThrowIfAny();
        PlanCheck.RefuseUnreached(content, lengths.Max(), faults);
        PlanCheck.RefuseUndefined(content, lacking!, faults);
        faults.ThrowIfAny();
        var isAll = points.IsFull && grids.Length == 1 && trials?.IsFull != false;
        var combinations = grids.Sum(grid => grid.CombinationCount);
        var members = grids.Select((grid, number) => new UnionMember(content.Union[number].Name, kept[number], duplicates[number]));
        return (
            new TrialSpace(grids, content.Seeds, isAll ? null : points, isAll ? null : trials),
            new PlanCounts(combinations, combinations - allowed, excludedPoints, excludedTrials, duplicates.Sum(), [.. members]));
    }
}
