using System.Text.Encodings.Web;
using System.Text.Json;
using Sweeper.Composition;

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
    public static void Write(TextWriter output, Outlook outlook)
    {
        var (plan, counts) = (outlook.Plan, outlook.Plan.Counts);
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                Sweep = plan.Name,
                Experiment = plan.Experiment.Name,
                plan.Experiment.Version,
                outlook.Folder,
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
                outlook.Scope.Only,
                Limit = outlook.Scope.Limit == long.MaxValue ? (long?)null : outlook.Scope.Limit,
                outlook.New,
                outlook.Kept,
                outlook.Failed,
                outlook.LeftOut,
                outlook.Orphaned,
                outlook.NewPacks,
                outlook.WidestLanes,
                Engine = outlook.Engine.ToString().ToLowerInvariant(),
                MemoryBytes = outlook.Memory.Largest.Bytes,
                outlook.NewRows,
                DiskBytes = (long)(outlook.NewRows * PlanReport.BytesPerRow),
                WorkerSeconds = outlook.WorkerTime?.TotalSeconds,
                outlook.PausedPacks,
                outlook.AbandonedPacks,
            },
            Options));
    }
}
