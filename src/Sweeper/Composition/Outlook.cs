using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
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

    /// <summary>Committed trials that diverged.</summary>
    public long Diverged { get; private set; }

    /// <summary>Trials that failed for good.</summary>
    public long Failed { get; private set; }

    /// <summary>Trials to be trained.</summary>
    public long New { get; private set; }

    /// <summary>Trials still to be trained that the run is not about (`--only`, `--limit`).</summary>
    public long LeftOut { get; private set; }

    /// <summary>Committed trials that the plan no longer contains; kept on disk, in nothing derived.</summary>
    public long Orphaned { get; private set; }

    /// <summary>What the folder's numbers were computed with; empty where nothing was trained.</summary>
    public ImmutableArray<string> Numerics { get; private set; } = [];

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
    public static Outlook Of(SweepPlan plan, string folder, RunScope? scope = null) =>
        Of(new KnownTrials(plan, SweepHistory.Fold(JournalReader.Read(folder))), folder, scope);

    /// <summary>The same for a journal that was read.</summary>
    public static Outlook Of(KnownTrials known, string folder, RunScope? scope = null)
    {
        var outlook = new Outlook(known.Plan, scope ?? RunScope.All, folder);
        outlook.Count(known);
        return outlook;
    }

    private void Count(KnownTrials known)
    {
        var history = known.History;
        Numerics = history.Numerics;
        var scope = TrialScope.Of(Plan, Scope);
        var pace = new PackPace(history, Plan.Experiment);
        var open = new List<(Pack Pack, Point Statics)>();
        var found = 0L;
        foreach (var pack in Plan.Packs)
        {
            var statics = Plan.TrialAt(pack.First).Point;
            var schedule = Plan.ScheduleFor(statics);
            var ids = known.Of(pack);
            var (kept, failed) = (0, 0);
            var openAt = new List<int>();
            for (var position = 0; position < ids.Length; position++)
            {
                if (!history.Trials.TryGetValue(ids[position], out var record))
                {
                    openAt.Add(position);
                    continue;
                }

                found++;
                Diverged += record.DivergedStep is null ? 0 : 1;
                pace.Learn(record, statics);
                if (history.Covers(record, schedule))
                {
                    kept++;
                }
                else if (record.Failure is not null)
                {
                    failed++;
                }
                else
                {
                    openAt.Add(position);
                }
            }

            var left = pack.Count - kept - failed;
            var positions = ids.IsEmpty ? Enumerable.Range(0, pack.Count) : openAt;
            var wanted = scope.IsAll ? left : positions.Count(position => scope.Includes(pack.First + position, Plan.TrialAt(pack.First + position)));
            Kept += kept;
            Failed += failed;
            New += wanted;
            LeftOut += left - wanted;
            if (wanted > 0)
            {
                NewPacks++;
                NewRows += wanted * RowsPerTrial(schedule, statics);
                WidestLanes = Math.Max(WidestLanes, pack.Lanes);
                LargestPackBytes = Math.Max(LargestPackBytes, pack.Lanes * Plan.Experiment.BytesPerLane(statics));
                open.Add((pack, statics));
            }
        }

        Orphaned = history.Trials.Count - found;
        var packs = history.Current(Plan.Packs).Select(pack => pack.Id).ToHashSet();
        PausedPacks = history.Begun.Keys.Count(packs.Contains);
        AbandonedPacks = history.Begun.Count - PausedPacks;
        WorkerTime = pace.TimeOf(open);
    }

    private long RowsPerTrial(MeasureSchedule schedule, Point statics) => schedule.Snapshots.Sum(snapshot =>
        snapshot.Metrics.Sum(metric => Plan.Experiment.Metrics.First(declared => declared.Name == metric.Name).RowsPerSnapshot(statics)));
}
