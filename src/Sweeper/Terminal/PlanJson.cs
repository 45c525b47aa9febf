using System.Text.Encodings.Web;
using System.Text.Json;
using Sweeper.Inspecting;

namespace Sweeper.Terminal;

/// <summary>A plan as `plan --json` prints it: the facts of <see cref="PlanReport"/> under stable snake_case keys.</summary>
internal static class PlanJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One object.</summary>
    public static void Write(TextWriter output, PlanStatus planStatus)
    {
        var (plan, counts) = (planStatus.Plan, planStatus.Plan.Counts);
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                Sweep = plan.Name,
                Experiment = plan.Experiment.Name,
                plan.Experiment.Version,
                planStatus.Folder,
                PlanHash = plan.Hash,
                plan.Notes,
                Axes = plan.Swept.Select(axis => new
                {
                    axis.Declaration.Name,
                    Binding = axis.Declaration.Binding.ToString().ToLowerInvariant(),
                    Values = axis.Values.Select(value => value.ToString()),
                }),
                Derived = plan.Derived.Select(derived => new { derived.Name, derived.Formula }),
                plan.Seeds,
                counts.Combinations,
                counts.Conditional,
                Excluded = counts.ExcludedPoints,
                ExcludedTrials = counts.ExcludedTrials,
                counts.Duplicates,
                Grids = counts.Union.Select(member => new { member.Name, member.Points, member.Duplicates }),
                Points = plan.PointCount,
                Trials = plan.TrialCount,
                Packs = plan.Packs.Length,
                planStatus.Scope.Only,
                Limit = planStatus.Scope.Limit == long.MaxValue ? (long?)null : planStatus.Scope.Limit,
                planStatus.New,
                planStatus.Kept,
                planStatus.Failed,
                planStatus.LeftOut,
                planStatus.Orphaned,
                planStatus.NewPacks,
                planStatus.WidestLanes,
                Engine = planStatus.Engine.ToString().ToLowerInvariant(),
                MemoryBytes = planStatus.Memory.Largest.Bytes,
                planStatus.NewRows,
                DiskBytes = (long)(planStatus.NewRows * PlanReport.BytesPerRow),
                WorkerSeconds = planStatus.WorkerTime?.TotalSeconds,
                planStatus.PausedPacks,
                planStatus.AbandonedPacks,
            },
            Options));
    }
}
