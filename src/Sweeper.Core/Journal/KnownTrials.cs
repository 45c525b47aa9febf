using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Journal;

/// <summary>
/// The trials of a plan's packs, to be looked up in a history. An id is a hash and the dearest thing about a trial: those that
/// the journal names are taken from there, and where all of its trials are named, the others cannot be in it.
/// </summary>
public sealed class KnownTrials
{
    private readonly Lazy<bool> isAllNamed;

    /// <param name="plan">The plan.</param>
    /// <param name="history">Does not change while this is used.</param>
    public KnownTrials(SweepPlan plan, SweepHistory history)
    {
        (Plan, History) = (plan, history);
        isAllNamed = new(() => history.Trials.Count
            == history.Current(plan.Packs).Sum(pack => (long)history.TrialsOf(pack).Count(history.Trials.ContainsKey)));
    }

    /// <summary>The plan.</summary>
    public SweepPlan Plan { get; }

    /// <summary>The history.</summary>
    public SweepHistory History { get; }

    /// <summary>How many ids had to be computed so far.</summary>
    public long Computed { get; private set; }

    /// <summary>The ids of a pack's trials, in its order; empty when none of them is in the history.</summary>
    public ImmutableArray<TrialId> Of(Pack pack)
    {
        var named = History.TrialsOf(pack);
        if (!named.IsEmpty || (isAllNamed.Value && !History.WasSplit(pack.Id)))
        {
            return named;
        }

        Computed += pack.Count;
        return [.. Enumerable.Range(0, pack.Count).Select(offset => Plan.TrialAt(pack.First + offset).Id)];
    }
}
