using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>What is left of a pack after subtracting what is committed or failed.</summary>
/// <param name="Pack">Which pack.</param>
/// <param name="Wanted">Positions still to be measured, ascending.</param>
/// <param name="Trials">The trials at these positions, in the same order.</param>
/// <param name="Schedule">What is measured.</param>
/// <param name="Committed">Trials that are covered already.</param>
/// <param name="Diverged">Of these, diverged.</param>
/// <param name="Failed">Trials given up earlier.</param>
internal sealed record PackTask(
    Pack Pack, ImmutableArray<int> Wanted, ImmutableArray<TrialId> Trials, MeasureSchedule Schedule, int Committed, int Diverged, int Failed)
{
    /// <summary>Subtracts a history from a pack of a plan.</summary>
    public static PackTask Of(SweepPlan plan, Pack pack, SweepHistory history)
    {
        // Rows that cover a trial are good, even when training it again for more metrics failed.
        bool IsOpen(Trial trial, MeasureSchedule schedule) => !history.Covers(trial.Id, schedule) && !history.HasFailed(trial.Id);

        // A pack's file is replaced as a whole: what else is current in it has to be written again.
        bool IsInFile(Trial trial) => history.Trials.TryGetValue(trial.Id, out var record) && record.Segment is not null && record.Pack == pack.Id;

        var work = plan.WorkFor(pack, IsOpen);
        if (work.Wanted.Length > 0 && work.Wanted.Length < work.Trials.Length)
        {
            work = plan.WorkFor(pack, (trial, schedule) => IsOpen(trial, schedule) || IsInFile(trial));
        }

        var covered = Enumerable.Range(0, work.Trials.Length).Except(work.Wanted)
            .Select(position => work.Trials[position].Id).Where(trial => history.Covers(trial, work.Schedule)).ToList();
        return new PackTask(
            pack, work.Wanted, [.. work.Wanted.Select(position => work.Trials[position].Id)], work.Schedule,
            covered.Count, covered.Count(trial => history.Trials[trial].DivergedStep is not null), work.Trials.Length - work.Wanted.Length - covered.Count);
    }

    /// <summary>The trials that diverged, by position in the pack -> by id. Positions that were not asked for are left out.</summary>
    public ImmutableArray<DivergedTrial> Name(ImmutableArray<Core.Ports.Divergence> diverged) =>
    [
        .. from divergence in diverged
           let place = Wanted.BinarySearch(divergence.Trial)
           where place >= 0
           select new DivergedTrial(Trials[place], divergence.Step),
    ];
}
