using System.Globalization;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;

namespace Sweeper.Terminal;

/// <summary>A plan, as `plan` and the head of `run` show it.</summary>
internal static class PlanReport
{
    /// <summary>Measured: rows of a segment after dictionary, byte-stream-split and zstd.</summary>
    public const double BytesPerRow = 5.6;

    private const int ShownValues = 8;

    /// <summary>Everything that is known before anything is trained.</summary>
    /// <param name="output">For people.</param>
    /// <param name="planStatus">What is known.</param>
    /// <param name="isHere">Whether workers of this machine are to train it.</param>
    public static void Write(TextWriter output, PlanStatus planStatus, bool isHere = true)
    {
        var plan = planStatus.Plan;
        output.WriteLine($"{plan.Name}: {plan.Experiment.Name} version {plan.Experiment.Version}, into {planStatus.Folder}");
        foreach (var note in plan.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        output.WriteLine();
        TextTable.Write(output, ["axis", "varies", "values", ""],
            plan.Swept.Select(axis => new[]
            {
                axis.Declaration.Name,
                axis.Declaration.Binding == Core.Experiments.Binding.Static ? "between packs" : "inside a pack",
                $"{axis.Values.Length}",
                Shorten(axis.Values.Select(value => value.ToString()!)),
            }).Append(["seed", "inside a pack", $"{plan.Seeds.Length}", Shorten(plan.Seeds.Select(seed => $"{seed}"))]));
        foreach (var derived in plan.Derived)
        {
            output.WriteLine($"{derived.Name} = {derived.Formula}");
        }

        output.WriteLine();
        foreach (var line in Selection(plan))
        {
            output.WriteLine(line);
        }

        output.WriteLine(Product(plan));
        output.WriteLine(Progress(planStatus));
        if (planStatus.IsOfAnother)
        {
            output.WriteLine($"warning: this sweep has none of the trials that are in {planStatus.Folder}: "
                + "no curve or figure there will show them. Give it another name, or another folder with --results, unless its trials are "
                + "to take their place");
        }

        if (!planStatus.IsDone)
        {
            output.WriteLine($"{Quantity.Count(planStatus.NewPacks, "pack")} to train, at most {planStatus.WidestLanes} lanes each, "
                + $"about {Quantity.Bytes(planStatus.Memory.Largest.Bytes)} of memory");
            output.WriteLine(Engine(planStatus, isHere && CompositionRoot.CpuWorkers is not null));
            if (planStatus.Again > 0)
            {
                output.WriteLine(
                    $"of these {Quantity.Count(planStatus.Again, "trial")} for the second time: they share a pack, and "
                    + "so a file, with new ones");
            }

            if (planStatus.PausedPacks > 0)
            {
                output.WriteLine($"{planStatus.PausedPacks:#,0} of these go on from a checkpoint");
            }

            output.WriteLine(
                $"about {planStatus.NewRows.ToString("#,0", CultureInfo.InvariantCulture)} rows, "
                + $"{Quantity.Bytes(planStatus.NewRows * BytesPerRow)} on disk");
            output.WriteLine(planStatus.WorkerTime is not { } time ? "time unknown: the folder has no finished packs to tell from"
                : planStatus.IsSeen ? $"about {Quantity.Duration(time)} of one worker, as finished packs of the same shapes took"
                : $"about {Quantity.Duration(time)} of one worker, estimated from finished packs of other shapes");
        }

        if (planStatus.AbandonedPacks > 0)
        {
            output.WriteLine(
                $"{Quantity.Count(planStatus.AbandonedPacks, "pack")} of an earlier plan paused and will not go on; `sweeper prune` "
                + "removes what is left");
        }
    }

    /// <summary>New, kept, failed, left out and orphaned in one line.</summary>
    public static string Progress(PlanStatus planStatus)
    {
        var parts = new List<string> { $"{planStatus.New:#,0} new", $"{planStatus.Kept:#,0} kept" };
        if (planStatus.Failed > 0)
        {
            parts.Add($"{planStatus.Failed:#,0} failed");
        }

        if (planStatus.LeftOut > 0)
        {
            parts.Add($"{planStatus.LeftOut:#,0} left out by {Named(planStatus.Scope)} (run without to train them)");
        }

        if (planStatus.Orphaned > 0)
        {
            parts.Add(
                $"{planStatus.Orphaned:#,0} orphaned (in the folder, in no table or figure: this file with these options "
                + "does not ask for them)");
        }

        return string.Join(", ", parts);
    }

    /// <summary>Which trials of a plan a run is about: `seeds 0 1 2, --only 'depth == 2'`.</summary>
    public static string About(SweepPlan plan, RunScope scope) => string.Join(
        ", ", ((string[])[$"seeds {Shorten(plan.Seeds.Select(seed => $"{seed}"))}", Named(scope)]).Where(part => part.Length > 0));

    private static IEnumerable<string> Selection(SweepPlan plan)
    {
        var counts = plan.Counts;
        var parts = new List<string>();
        if (counts.Conditional > 0)
        {
            parts.Add($"{counts.Conditional:#,0} fall together where a value of `when` does not apply");
        }

        if (counts.ExcludedPoints > 0)
        {
            parts.Add($"{counts.ExcludedPoints:#,0} excluded");
        }

        if (counts.Duplicates > 0)
        {
            parts.Add($"{counts.Duplicates:#,0} also in an earlier grid");
        }

        if (parts.Count > 0)
        {
            yield return $"{Quantity.Count(counts.Combinations, "combination")}: {string.Join(", ", parts)}";
        }

        if (counts.Union.Length > 1)
        {
            yield return "grids: " + string.Join(", ", counts.Union.Select(member =>
                $"{member.Name ?? "the file's own"} {Quantity.Count(member.Points, "point")}"));
        }
    }

    private static string Engine(PlanStatus planStatus, bool isCpu)
    {
        var why = planStatus.Asked is not null ? ", as --engine asks" : planStatus.Numerics.IsEmpty ? "" : ", as the folder was begun";
        return planStatus.Engine switch
        {
            EngineKind.Fused => $"trained by fused kernels on a GPU{why}",
            EngineKind.Lanes when why.Length > 0 => $"trained by lanes on the CPU{why}",
            EngineKind.Lanes => isCpu ? "trained by lanes on this machine's CPU" : "trained by lanes on the CPU, by torch on a GPU",
            _ => $"trained by torch{(planStatus.Plan.Engine == EngineKind.Torch ? "" : why)}",
        };
    }

    private static string Product(SweepPlan plan) => plan.Counts.ExcludedTrials == 0
        ? $"{Quantity.Count(plan.PointCount, "point")} x "
            + $"{Quantity.Count(plan.Seeds.Length, "seed")} = {Quantity.Count(plan.TrialCount, "trial")}"
        : $"{Quantity.Count(plan.PointCount, "point")} x {Quantity.Count(plan.Seeds.Length, "seed")}, less "
            + $"{plan.Counts.ExcludedTrials:#,0} excluded by their seed = {Quantity.Count(plan.TrialCount, "trial")}";

    private static string Named(RunScope scope) => string.Join(" and ", new[]
    {
        scope.Only is null ? null : $"--only '{scope.Only}'",
        scope.Limit == long.MaxValue ? null : string.Create(CultureInfo.InvariantCulture, $"--limit {scope.Limit}"),
    }.Where(part => part is not null));

    private static string Shorten(IEnumerable<string> values)
    {
        var all = values.ToList();
        return all.Count <= ShownValues
            ? string.Join(" ", all)
            : string.Join(" ", all.Take(ShownValues - 2)) + " ... " + all[^1];
    }
}
