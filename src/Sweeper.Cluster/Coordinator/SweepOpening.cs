using System.Collections.Immutable;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>How a sweep is taken up from what its journal says. Pure, but for the question whether a file is in place.</summary>
internal static class SweepOpening
{
    /// <summary>
    /// The sweep, and what has to be journalled and done before anybody hears of it. A sweep with nothing to do writes nothing.
    /// </summary>
    /// <param name="plan">What to run.</param>
    /// <param name="submission">Where, what of it, and by which rules.</param>
    /// <param name="journal">What was recorded, oldest first.</param>
    /// <param name="isInPlace">Whether a granted segment was published.</param>
    /// <param name="setup">What the coordinator is made with.</param>
    /// <param name="moment">When.</param>
    public static (OpenSweep Sweep, ImmutableArray<Effect> Due) Of(
        SweepPlan plan, Submission submission, IReadOnlyList<JournalEntry> journal, Func<StagedSegment, bool> isInPlace,
        CoordinatorSetup setup, Moment moment)
    {
        var history = SweepHistory.Fold(journal);
        var settled = ImmutableArray.CreateRange(history.Unreported.SelectMany(granted => Settle(granted, isInPlace, moment.At)));
        foreach (var entry in settled)
        {
            history.Apply(entry);
        }

        // Equal hashes mean equal cuts: the packs are those that were frozen when the plan was first accepted, or their parts.
        var pace = new PackPace();
        ImmutableArray<PackTask> tasks =
        [
            .. OpenPack.Of(TrialScope.Of(plan, submission.Scope), new KnownTrials(plan, history)).Select(left =>
            {
                pace.Learn(left, history);
                return PackTask.Of(plan, left, pace.KindOf(left));
            }),
        ];
        var ledger = new SweepLedger(tasks, history, setup.Timings.LeaseTime);
        var sweep = new OpenSweep(plan, submission, ledger, pace, setup);
        var lines = settled;
        if (history.Plan?.PlanHash != plan.Hash)
        {
            lines = Record([new JournalEntry.Planned(plan.Hash, plan.ResolvedText, plan.TrialCount, plan.Packs, moment.At)]);
        }

        // A coordinator that was made anew in one process finds its workers there; those of another version do not train here.
        var before = history.LatestRun;
        var workersReturn = (before is null || before.Version == setup.Version)
            && (setup.WorkersReturn || (before?.Host == Environment.MachineName && before.Process == Environment.ProcessId));
        var open = OpenLeases.Of(journal.Concat(settled)).ToList();
        if (!workersReturn && !ledger.IsDone)
        {
            lines = Record([.. open.Select(leased => new JournalEntry.AttemptEnded(
                leased.Pack, leased.Lease, FailureKind.Lost, "its run is over", moment.At))]);
        }

        foreach (var leased in workersReturn ? open : [])
        {
            ledger.Adopt(leased, moment.Now);
        }

        // Its line comes first where there is anything to do: what a writer that was replaced may still be writing does not count from
        // there on.
        return (sweep, lines.IsEmpty && ledger.IsDone ? [] :
        [
            new SweepEffect.Journal([sweep.Announcement(moment.At), .. lines]),
            .. settled.OfType<JournalEntry.Committed>().Select(committed => new SweepEffect.WhenSaved(sweep.DropUnused(committed.Pack))),
        ]);

        ImmutableArray<JournalEntry> Record(ImmutableArray<JournalEntry> entries)
        {
            foreach (var entry in entries)
            {
                ledger.Apply(entry, moment.Now);
            }

            return [.. lines, .. entries];
        }
    }

    /// <summary>
    /// What became of a commit that was granted and not reported, now that whoever was to publish it is gone: it is in
    /// place, or the attempt is lost.
    /// </summary>
    private static ImmutableArray<JournalEntry> Settle(
        JournalEntry.CommitGranted granted, Func<StagedSegment, bool> isInPlace, DateTimeOffset at) =>
        isInPlace(granted.Segment)
            ? SweepLedger.Commit(granted, at)
            : [new JournalEntry.AttemptEnded(
                granted.Pack, granted.Lease, FailureKind.Lost, "stopped between the grant of its commit and the rename", at)];
}
