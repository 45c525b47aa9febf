using System.Collections.Immutable;
using Sweeper.Cluster.Status;
using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;
using Sweeper.Running;

namespace Sweeper.Inspecting;

/// <summary>A plan held against what its folder already has: the facts behind `plan`, and behind "nothing to do".</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Scope">What of it the run is about.</param>
/// <param name="Folder">Its results folder, which may not exist yet.</param>
internal sealed record PlanStatus(SweepPlan Plan, RunScope Scope, string Folder)
{
    /// <summary>Trials that are committed and hold all that is asked.</summary>
    public long Kept { get; private set; }

    /// <summary>Committed trials that diverged.</summary>
    public long Diverged { get; private set; }

    /// <summary>Trials that failed for good.</summary>
    public long Failed { get; private set; }

    /// <summary>Trials to be trained.</summary>
    public long New { get; private set; }

    /// <summary>Trials that are trained again only because the file that holds their rows is replaced.</summary>
    public long Again { get; private set; }

    /// <summary>Trials still to be trained that the run is not about (`--only`, `--limit`).</summary>
    public long LeftOut { get; private set; }

    /// <summary>Committed trials that the plan no longer contains; kept on disk, in no table or figure.</summary>
    public long Orphaned { get; private set; }

    /// <summary>Whether the folder has trials, and the plan contains none of them.</summary>
    public bool IsOfAnother { get; private set; }

    /// <summary>What the folder's numbers were computed with; empty where nothing was trained.</summary>
    public ImmutableArray<string> Numerics { get; private set; } = [];

    /// <summary>What its run is told to take (`--engine`); null for what fits.</summary>
    public EngineKind? Asked { get; init; }

    /// <summary>What trains it on the CPU: what is asked for, or began the folder, or else what fits the programs.</summary>
    public EngineKind Engine => Asked ?? (Numerics.IsEmpty ? Plan.Engine : NumericsClass.EngineOf(Numerics[0]));

    /// <summary>Packs with at least one new trial.</summary>
    public int NewPacks { get; private set; }

    /// <summary>Of these, packs that go on where they paused.</summary>
    public int PausedPacks { get; private set; }

    /// <summary>Packs of an earlier plan that paused: what they had measured is of no use any more.</summary>
    public int AbandonedPacks { get; private set; }

    /// <summary>Rows that the new trials will write.</summary>
    public long NewRows { get; private set; }

    /// <summary>Lanes of the widest of these packs.</summary>
    public int WidestLanes { get; private set; }

    /// <summary>Device memory that these packs claim.</summary>
    public MemoryNeed Memory { get; private set; } = new([]);

    /// <summary>How long one worker would need for the new packs; null where the folder has no finished pack to tell from.</summary>
    public TimeSpan? WorkerTime { get; private set; }

    /// <summary>Whether each of the new packs is like a finished one: equal static values and lanes.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>Whether every trial that the run is about is accounted for.</summary>
    public bool IsDone => New == 0;

    /// <summary>Reads a folder that need not exist, without a lock.</summary>
    public static PlanStatus Of(SweepPlan plan, string folder, RunScope? scope = null) =>
        Of(new KnownTrials(plan, MissingSegments.Subtract(folder, JournalReader.Read(folder))), folder, scope);

    /// <summary>The same for a journal that was read.</summary>
    public static PlanStatus Of(KnownTrials known, string folder, RunScope? scope = null)
    {
        var planStatus = new PlanStatus(known.Plan, scope ?? RunScope.All, folder);
        planStatus.Count(known);
        return planStatus;
    }

    private void Count(KnownTrials known)
    {
        var history = known.History;
        Numerics = history.Numerics;
        var pace = new PackPace();
        var open = new List<(PackKind Kind, int Lanes)>();
        var memory = ImmutableArray.CreateBuilder<PackMemory>();
        var found = 0L;
        foreach (var left in OpenPack.Of(TrialScope.Of(Plan, Scope), known))
        {
            found += left.Known;
            pace.Learn(left, history);
            Kept += left.Settled.Committed;
            Diverged += left.Settled.Diverged;
            Failed += left.Settled.Failed;
            New += left.Open;
            LeftOut += left.LeftOut;
            Again += left.Wanted.Length - left.Open;
            if (left.Open > 0)
            {
                NewPacks++;
                NewRows += left.Wanted.Length * RowsPerTrial(left.Schedule, left.Statics);
                WidestLanes = Math.Max(WidestLanes, left.Pack.Lanes);
                memory.Add(new PackMemory(
                    left.Pack.Lanes, Plan.Experiment.LanesPerTrial(left.Statics), Plan.Experiment.BytesPerLane(left.Statics)));
                open.Add((pace.KindOf(left), left.Pack.Lanes));
            }
        }

        Memory = new MemoryNeed(memory.ToImmutable());
        Orphaned = history.Trials.Count - found;
        IsOfAnother = found == 0 && history.Trials.Count > 0;
        var packs = history.Current(Plan.Packs).Select(pack => pack.Id).ToHashSet();
        PausedPacks = history.Begun.Keys.Count(packs.Contains);
        AbandonedPacks = history.Begun.Count - PausedPacks;
        var seconds = Math.Min(open.Sum(pack => pace.SecondsOf(pack.Kind, pack.Lanes)), SweepWork.Longest.TotalSeconds);
        WorkerTime = pace.HasLearnt ? TimeSpan.FromSeconds(seconds) : null;
        IsSeen = open.TrueForAll(pack => pace.Knows(pack.Kind, pack.Lanes));
    }

    private long RowsPerTrial(MeasureSchedule schedule, Point statics) =>
        schedule.Snapshots.SelectMany(snapshot => snapshot.Metrics).CountBy(metric => metric.Name).Sum(asked =>
            asked.Value * Plan.Experiment.Metrics.First(declared => declared.Name == asked.Key).RowsPerSnapshot(statics));
}
