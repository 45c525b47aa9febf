using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Inspecting;
using Sweeper.Terminal;

namespace Sweeper.Preflight;

/// <summary>A cluster as it is asked for, held against the sweep that it is to train, before anything is started.</summary>
/// <param name="Workers">How many.</param>
/// <param name="IsForGpus">Whether each has a GPU.</param>
/// <param name="ForGpus">What asks for GPUs: `--gpus-per-node N`.</param>
/// <param name="ForCores">What asks for the CPU.</param>
internal sealed record AskedCluster(long Workers, bool IsForGpus, string ForGpus, string ForCores)
{
    /// <summary>Refuses an engine that no worker of such a cluster has (usage).</summary>
    public ImmutableArray<SweepException> Faults(EngineKind? engine) => (engine, IsForGpus) switch
    {
        (EngineKind.Lanes, true) => [Contradiction(EngineKind.Lanes, "on the CPU only, and GPUs are asked for", ForCores)],
        (EngineKind.Fused, false) => [Contradiction(EngineKind.Fused, "on GPUs only, and none are asked for", ForGpus)],
        _ => [],
    };

    /// <summary>What would not fail, and not be what is wanted: one sentence or two each.</summary>
    /// <param name="planStatus">The sweep, held against its folder.</param>
    /// <param name="isMixed">Whether numbers of two kinds may be mixed.</param>
    public ImmutableArray<string> Notes(PlanStatus planStatus, bool isMixed) =>
        [.. ((string?[])[Done(planStatus), OtherKind(planStatus, isMixed), Idle(planStatus, Workers)]).OfType<string>()];

    /// <summary>What to say where there are more workers than packs; null where there is work for all.</summary>
    public static string? Idle(PlanStatus planStatus, long workers)
    {
        if (planStatus.IsDone || workers <= planStatus.NewPacks)
        {
            return null;
        }

        var packs = planStatus.Memory.Packs;
        var all = packs.Sum(pack => (long)pack.Lanes);
        var largest = packs.MaxBy(pack => pack.Lanes);
        var enough = LaneBuckets.All.LastOrDefault(bucket => bucket < largest.Lanes && bucket * workers <= all);
        var lanes = Math.Max(enough, LaneBuckets.Ceiling(largest.LeastLanes));
        return $"note: {Quantity.Count(workers, "worker")} for {Quantity.Count(planStatus.NewPacks, "pack")} to train: "
            + $"{workers - planStatus.NewPacks:#,0} will have nothing to do. "
            + (lanes < largest.Lanes ? $"`lanes: {lanes}` in the sweep file makes smaller packs, and more of them." : "Fewer do the same.");
    }

    private static string? Done(PlanStatus planStatus) => !planStatus.IsDone ? null
        : $"note: nothing is left to train: {PlanReport.Progress(planStatus)} in {planStatus.Folder}. The job would end at once.";

    private string? OtherKind(PlanStatus planStatus, bool isMixed)
    {
        var begun = planStatus.Numerics;
        if (isMixed || planStatus.IsDone || begun.IsEmpty || begun.Any(numerics => NumericsClass.IsOnGpu(numerics) == IsForGpus))
        {
            return null;
        }

        var (problem, instead) = IsForGpus ? ("the CPU, and GPUs are", ForCores) : ("GPUs, and the CPU is", ForGpus);
        return $"note: {planStatus.Folder} was begun on {problem} asked for: its workers would wait. "
            + $"Ask for {instead}, begin anew in another folder (--results), or give up equal last bits with --mixed.";
    }

    private static SweepException Contradiction(EngineKind engine, string where, string instead) => new(
        ExitCode.Usage, $"--engine {NumericsRefusal.Word(engine)} trains {where}", $"Ask for {instead}, or leave --engine out.");
}
