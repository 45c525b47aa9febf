using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps.Predicates;

namespace Sweeper.Core.Sweeps;

/// <summary>A <see cref="RunScope"/> applied to a plan.</summary>
public sealed class TrialScope
{
    private readonly Predicate? only;
    private readonly long end;

    private TrialScope(Predicate? only, long end, bool isAll)
    {
        IsAll = isAll;
        this.only = only;
        this.end = end;
    }

    /// <summary>Compiles a scope. Throws <see cref="SweepException"/> (usage) with a caret in the condition.</summary>
    public static TrialScope Of(SweepPlan plan, RunScope scope)
    {
        var only = scope.Only is null ? null : Predicate.Parse(scope.Only, "--only", plan.Vocabulary);
        if (only is null || scope.Limit >= plan.TrialCount)
        {
            return new TrialScope(only, Math.Min(scope.Limit, plan.TrialCount), only is null && scope.Limit >= plan.TrialCount);
        }

        var end = 0L;
        for (var left = scope.Limit; left > 0 && end < plan.TrialCount; end++)
        {
            var (point, seed) = plan.CombinationAt(end);
            left -= only.Holds(point, seed) ? 1 : 0;
        }

        return new TrialScope(only, end, isAll: false);
    }

    /// <summary>
    /// Refuses a scope without trials: a condition that no trial meets is mistyped. Throws <see cref="SweepException"/> (usage).
    /// </summary>
    public static void RefuseEmpty(SweepPlan plan, RunScope scope)
    {
        if (scope.Limit < 0)
        {
            throw new SweepException(
                ExitCode.Usage, $"--limit {scope.Limit} is no number of trials",
                "Give it at least 0 (which trains nothing), or leave it out.");
        }

        var first = Of(plan, scope with { Limit = 1 });
        if (first.only is not null && !AnyHolds(plan, first))
        {
            throw new SweepException(
                ExitCode.Usage, $"--only '{scope.Only}' holds for none of the {plan.TrialCount} trials",
                "`sweeper plan <sweep file>` without it lists the values of every axis.");
        }
    }

    private static bool AnyHolds(SweepPlan plan, TrialScope first) =>
        first.end > 0 && plan.CombinationAt(first.end - 1) is var (point, seed) && first.only!.Holds(point, seed);

    /// <summary>Whether every trial of the plan is asked for.</summary>
    public bool IsAll { get; }

    /// <summary>Whether a trial, the one with this number in the plan, is asked for.</summary>
    public bool Includes(long index, Trial trial) => index < end && (only is null || only.Holds(trial.Point, trial.Seed));
}
