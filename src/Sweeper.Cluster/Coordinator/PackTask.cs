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
        int committed = 0, diverged = 0, failed = 0;
        var work = plan.WorkFor(pack, (trial, schedule) =>
        {
            // Rows that cover a trial are good, even when training it again for more metrics failed.
            if (history.Covers(trial.Id, schedule))
            {
                committed++;
                diverged += history.Trials[trial.Id].DivergedStep is null ? 0 : 1;
                return false;
            }

            var hasFailed = history.HasFailed(trial.Id);
            failed += hasFailed ? 1 : 0;
            return !hasFailed;
        });
        return new PackTask(pack, work.Wanted, [.. work.Wanted.Select(position => work.Trials[position].Id)], work.Schedule, committed, diverged, failed);
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
