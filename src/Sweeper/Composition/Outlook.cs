using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Journaling;

namespace Sweeper.Composition;

/// <summary>A plan held against what its folder already has: the facts behind `plan`, and behind "nothing to do".</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Scope">What of it the run is about.</param>
/// <param name="Folder">Its results folder, which may not exist yet.</param>
internal sealed record Outlook(SweepPlan Plan, RunScope Scope, string Folder)
{
    /// <summary>Trials that are committed and hold all that is asked.</summary>
    public long Kept { get; private set; }

    /// <summary>Trials that failed for good.</summary>
    public long Failed { get; private set; }

    /// <summary>Trials to be trained.</summary>
    public long New { get; private set; }

    /// <summary>Trials still to be trained that the run is not about (`--only`, `--limit`).</summary>
    public long LeftOut { get; private set; }

    /// <summary>Committed trials that the plan no longer contains; kept on disk, in nothing derived.</summary>
    public long Orphaned { get; private set; }

    /// <summary>What numbers the folder was begun with, or null where nothing was trained.</summary>
    public string? Numerics { get; private set; }

    /// <summary>Packs with at least one new trial.</summary>
    public int NewPacks { get; private set; }

    /// <summary>Rows that the new trials will write.</summary>
    public long NewRows { get; private set; }

    /// <summary>Lanes of the widest of these packs.</summary>
    public int WidestLanes { get; private set; }

    /// <summary>Device memory that the largest of these packs claims, in bytes.</summary>
    public long LargestPackBytes { get; private set; }

    /// <summary>
    /// How long one worker would need for the new packs, from finished packs with the same static values and lanes; null
    /// where one of them has no such example in the folder.
    /// </summary>
    public TimeSpan? WorkerTime { get; private set; }

    /// <summary>Whether every trial that the run is about is accounted for.</summary>
    public bool IsDone => New == 0;

    /// <summary>Reads the folder's journal, if there is one, without a lock.</summary>
    public static Outlook Of(SweepPlan plan, string folder, RunScope? scope = null)
    {
        var outlook = new Outlook(plan, scope ?? RunScope.All, folder);
        outlook.Count(SweepHistory.Fold(JournalReader.Read(folder)));
        return outlook;
    }

    private void Count(SweepHistory history)
    {
        Numerics = history.Numerics;
        var scope = TrialScope.Of(Plan, Scope);
        var pace = new PackPace(history);
        var open = new List<PackWork>();
        var known = 0L;
        foreach (var pack in Plan.Packs)
        {
            var work = Plan.WorkFor(pack, (trial, schedule) => !history.Covers(trial.Id, schedule));
            var failed = work.Wanted.Count(position => history.HasFailed(work.Trials[position].Id));
            var wanted = work.Wanted.Count(position =>
                !history.HasFailed(work.Trials[position].Id) && scope.Includes(pack.First + position, work.Trials[position]));
            known += work.Trials.Count(trial => history.Trials.ContainsKey(trial.Id));
            Kept += work.Trials.Length - work.Wanted.Length;
            Failed += failed;
            New += wanted;
            LeftOut += work.Wanted.Length - failed - wanted;
            pace.Learn(work);
            if (wanted > 0)
            {
                NewPacks++;
                NewRows += wanted * RowsPerTrial(work);
                WidestLanes = Math.Max(WidestLanes, pack.Lanes);
                LargestPackBytes = Math.Max(LargestPackBytes, pack.Lanes * Plan.Experiment.BytesPerLane(work.Statics));
                open.Add(work with { Trials = [work.Trials[0]] });
            }
        }

        Orphaned = history.Trials.Count - known;
        WorkerTime = pace.TimeOf(open);
    }

    private long RowsPerTrial(PackWork work) => work.Schedule.Snapshots.Sum(snapshot =>
        snapshot.Metrics.Sum(metric => Plan.Experiment.Metrics.First(declared => declared.Name == metric.Name).RowsPerSnapshot(work.Statics)));
}
