using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Inspecting;

/// <summary>The plans that a folder has had: the journal keeps every one, with its cut.</summary>
internal static class PlanArchive
{
    /// <summary>
    /// Each plan with the pack that holds a trial, oldest first; plans that this program does not read alike any more are left out.
    /// </summary>
    public static IEnumerable<(SweepPlan Plan, Pack Pack)> PacksOf(OpenedFolder folder, TrialId trial)
    {
        foreach (var planned in folder.Journal.OfType<JournalEntry.Planned>())
        {
            if (Read(planned) is { } plan
                && folder.History.Current(planned.Packs).FirstOrDefault(pack => Holds(plan, pack, trial)) is { } found)
            {
                yield return (plan, found);
            }
        }
    }

    private static bool Holds(SweepPlan plan, Pack pack, TrialId trial) =>
        Enumerable.Range(0, pack.Count).Any(offset => plan.TrialAt(pack.First + offset).Id == trial);

    private static SweepPlan? Read(JournalEntry.Planned planned)
    {
        try
        {
            var plan = SweepPlan.Parse(planned.Sweep, CompositionRoot.Experiments);
            return plan.Hash == planned.PlanHash ? plan : null;
        }
        catch (SweepException)
        {
            return null;
        }
    }
}
