using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Journal;

/// <summary>An id costs a hash; these count them.</summary>
public sealed class KnownTrialsTests
{
    private static readonly SweepPlan Plan = PlanOf(seeds: 64);

    [Fact]
    public void A_plan_without_a_history_computes_no_id()
    {
        var known = new KnownTrials(Plan, SweepHistory.Fold([]));
        Assert.All(Plan.Packs, pack => Assert.Empty(known.Of(pack)));
        Assert.Equal(0, known.Computed);
    }

    [Fact]
    public void Resuming_computes_no_id_that_the_journal_names()
    {
        var committed = Plan.Packs.Take(Plan.Packs.Length / 2).ToList();
        var known = new KnownTrials(Plan, SweepHistory.Fold(committed.SelectMany(pack => Commit(Plan, pack, pack.Count))));
        foreach (var pack in Plan.Packs)
        {
            Assert.Equal(committed.Contains(pack) ? IdsOf(Plan, pack) : [], known.Of(pack));
        }

        Assert.Equal(0, known.Computed);
    }

    [Fact]
    public void Trials_of_an_earlier_plan_are_found_by_their_ids()
    {
        var earlier = PlanOf(seeds: 8);
        var known = new KnownTrials(Plan, SweepHistory.Fold(earlier.Packs.SelectMany(pack => Commit(earlier, pack, pack.Count))));
        Assert.All(Plan.Packs, pack => Assert.Equal(IdsOf(Plan, pack), known.Of(pack)));
        Assert.Equal(Plan.TrialCount, known.Computed);
    }

    [Fact]
    public void A_pack_that_is_committed_in_part_is_looked_up_by_ids_too()
    {
        var known = new KnownTrials(Plan, SweepHistory.Fold(Commit(Plan, Plan.Packs[0], 1)));
        Assert.Equal(IdsOf(Plan, Plan.Packs[0]), known.Of(Plan.Packs[0]));
    }

    private static SweepPlan PlanOf(int seeds) =>
        FakeCatalog.Plan($"sweep: known\nexperiment: toy\nlanes: 16\nseeds: {seeds}\ngrid: {{ lr: [0.1, 0.2, 0.3, 0.4] }}");

    private static TrialId[] IdsOf(SweepPlan plan, Pack pack) =>
        [.. Enumerable.Range(0, pack.Count).Select(offset => plan.TrialAt(pack.First + offset).Id)];

    private static JournalEntry[] Commit(SweepPlan plan, Pack pack, int trials)
    {
        var segment = new StagedSegment($"{pack.Id}-0.parquet", "staged", "hash", 1, 1);
        var content = new SegmentContent([.. IdsOf(plan, pack).Take(trials)], [], plan.ScheduleFor(plan.PointAt(0)), "worker", 1);
        return [
            new JournalEntry.CommitGranted(pack.Id, 1, segment, content), new JournalEntry.Committed(pack.Id, 1, segment.Name, default)];
    }
}
