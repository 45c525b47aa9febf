using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Journaling;

namespace Sweeper.Composition;

/// <summary>A plan held against what its folder already has: the facts behind `plan`, and behind "nothing to do".</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Folder">Its results folder, which may not exist yet.</param>
/// <param name="Kept">Trials that are committed and hold all that is asked.</param>
/// <param name="Failed">Trials that failed for good.</param>
/// <param name="New">Trials to be trained.</param>
/// <param name="Orphaned">Committed trials that the plan no longer contains; kept on disk, in nothing derived.</param>
/// <param name="NewPacks">Packs with at least one new trial.</param>
/// <param name="NewRows">Rows that the new trials will write.</param>
internal sealed record Outlook(SweepPlan Plan, string Folder, long Kept, long Failed, long New, long Orphaned, int NewPacks, long NewRows)
{
    /// <summary>Whether every trial is accounted for.</summary>
    public bool IsDone => New == 0;

    /// <summary>Reads the folder's journal, if there is one, without a lock.</summary>
    public static Outlook Of(SweepPlan plan, string folder)
    {
        var history = SweepHistory.Fold(JournalReader.Read(folder));
        long kept = 0, failed = 0, rows = 0;
        var packs = 0;
        foreach (var pack in plan.Packs)
        {
            var wanted = 0L;
            var work = plan.WorkFor(pack, (trial, schedule) => !history.Covers(trial.Id, schedule));
            foreach (var position in work.Wanted)
            {
                if (history.HasFailed(work.Trials[position].Id))
                {
                    failed++;
                }
                else
                {
                    wanted++;
                }
            }

            kept += work.Trials.Length - work.Wanted.Length;
            packs += wanted > 0 ? 1 : 0;
            rows += wanted * RowsPerTrial(plan, work);
        }

        var current = history.Trials.Count - kept - failed;
        return new Outlook(plan, folder, kept, failed, plan.TrialCount - kept - failed, current, packs, rows);
    }

    private static long RowsPerTrial(SweepPlan plan, Core.Packing.PackWork work) => work.Schedule.Snapshots.Sum(snapshot =>
        snapshot.Metrics.Sum(metric => plan.Experiment.Metrics.First(declared => declared.Name == metric.Name).RowsPerSnapshot(work.Statics)));
}
