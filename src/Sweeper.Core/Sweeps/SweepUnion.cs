using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;

namespace Sweeper.Core.Sweeps;

/// <summary>The plan that asks for the trials of two plans and for no other.</summary>
public static class SweepUnion
{
    /// <summary>
    /// One of the two where it has all trials of the other; else the first one with the seeds, or the values of one hyperparameter,
    /// of both. Null where that has other trials, too.
    /// </summary>
    public static SweepPlan? Of(SweepPlan one, SweepPlan other, IExperimentCatalog catalog)
    {
        var (mine, others) = (Trials(one), Trials(other));
        if (mine.IsSupersetOf(others))
        {
            return one;
        }

        if (others.IsSupersetOf(mine))
        {
            return other;
        }

        mine.UnionWith(others);
        return Over(one, other, catalog) is { } both && mine.SetEquals(Trials(both)) ? both : null;
    }

    private static HashSet<TrialId> Trials(SweepPlan plan)
    {
        var trials = new HashSet<TrialId>();
        for (var index = 0L; index < plan.TrialCount; index++)
        {
            trials.Add(plan.TrialAt(index).Id);
        }

        return trials;
    }

    /// <summary>As `--set` and `--seeds` would say it.</summary>
    private static SweepPlan? Over(SweepPlan one, SweepPlan other, IExperimentCatalog catalog)
    {
        var set = one.Experiment.Hyperparameters.Select(
            declared => (declared, Values: ValuesOf(one, declared), Others: ValuesOf(other, declared)))
            .Where(pair => pair.Others.Except(pair.Values).Any())
            .Select(pair => $"{pair.declared.Name}={Written(Ordered(pair.Values, pair.Others))}");
        var seeds = one.Seeds.Union(other.Seeds).Order().ToList();
        try
        {
            var overrides = new SweepOverrides(null, [.. set], seeds.Count > one.Seeds.Length ? string.Join(',', seeds) : null);
            return SweepPlan.Create(SweepFile.Parse(one.ResolvedText, "sweep.yaml", overrides), catalog);
        }
        catch (SweepException)
        {
            return null;
        }
    }

    private static ImmutableArray<Value> ValuesOf(SweepPlan plan, Hyperparameter declared) =>
        plan.Swept.FirstOrDefault(swept => swept.Declaration.Name == declared.Name)?.Values ?? [plan.PointAt(0)[declared.Name]];

    /// <summary>Numbers that ascend in both ascend in the union.</summary>
    private static List<Value> Ordered(ImmutableArray<Value> values, ImmutableArray<Value> others)
    {
        var union = values.Union(others).ToList();
        return values.All(IsNumber) && values.SequenceEqual(values.OrderBy(Number)) && others.SequenceEqual(others.OrderBy(Number))
            ? [.. union.OrderBy(Number)]
            : union;
    }

    private static bool IsNumber(Value value) => value is Value.Integer or Value.Real;

    private static double Number(Value value) => value switch
    {
        Value.Integer integer => integer.Number,
        Value.Real real => real.Number,
        _ => 0,
    };

    private static string Written(List<Value> values)
    {
        var list = string.Join(",", values.Select(ResolvedSweep.Scalar));
        return values[0] is Value.Vector ? $"[{list}]" : list;
    }
}
