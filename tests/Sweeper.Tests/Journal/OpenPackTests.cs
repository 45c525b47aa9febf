using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Journal;

/// <summary>One pack of ten trials, and what is left of it.</summary>
public sealed class OpenPackTests
{
    private static readonly SweepPlan Plan = FakeCatalog.Plan(
        "sweep: open\nexperiment: toy\nlanes: 16\nseeds: 5\ngrid: { lr: [0.1, 0.2] }");
    private static readonly int[] All = [.. Enumerable.Range(0, 10)];
    private static readonly Pack Whole = Assert.Single(Plan.Packs);

    [Fact]
    public void All_of_a_pack_that_nobody_has_trained_is_open()
    {
        var left = Left(RunScope.All);
        Assert.Equal(All, left.Wanted);
        Assert.Equal((10, 0, default(SettledTrials), false), (left.Open, left.LeftOut, left.Settled, left.ReplacesRows));
    }

    [Fact]
    public void A_scope_leaves_the_others_out()
    {
        var left = Left(new RunScope("lr == 0.2", 4));
        Assert.Equal([1, 3, 5, 7], left.Wanted);
        Assert.Equal((4, 6), (left.Open, left.LeftOut));
    }

    [Fact]
    public void Trials_whose_file_is_replaced_are_trained_again_and_stay_settled()
    {
        var left = Left(RunScope.All, Commit(Whole.Id, [0, 1, 4], diverged: 4));
        Assert.Equal(All, left.Wanted);
        Assert.Equal(
            (7, new SettledTrials(3, 1, 0), default(SettledTrials), true), (left.Open, left.Settled, left.Untouched, left.ReplacesRows));
    }

    [Fact]
    public void Trials_in_a_file_of_another_pack_are_left_alone()
    {
        var left = Left(RunScope.All, Commit(new PackId("earlier-0"), [0, 1, 4], diverged: 4));
        Assert.Equal([2, 3, 5, 6, 7, 8, 9], left.Wanted);
        Assert.Equal(
            (7, new SettledTrials(3, 1, 0), left.Settled, false, 3),
            (left.Open, left.Settled, left.Untouched, left.ReplacesRows, left.Known));
        Assert.Equal(["earlier-0-0.parquet"], left.Segments);
    }

    [Fact]
    public void Failed_trials_are_settled_until_they_are_tried_again()
    {
        JournalEntry failed = new JournalEntry.PackFailed(Whole.Id, [IdAt(2)], FailureKind.Error, "no", default);
        JournalEntry[] journal = [.. Commit(Whole.Id, [.. All.Where(position => position != 2)]), failed];
        Assert.Equal((0, 1), (Left(RunScope.All, journal).Open, Left(RunScope.All, failed).Settled.Failed));
        Assert.Equal(All, Left(RunScope.All, [.. journal, new JournalEntry.Retried([IdAt(2)], default)]).Wanted);
    }

    [Fact]
    public void A_segment_that_is_lost_opens_its_trials()
    {
        var left = Left(RunScope.All, [.. Commit(Whole.Id, All), new JournalEntry.SegmentLost($"{Whole.Id}-0.parquet", "gone", default)]);
        Assert.Equal((10, default(SettledTrials)), (left.Open, left.Settled));
    }

    private static OpenPack Left(RunScope scope, params JournalEntry[] journal) =>
        Assert.Single(OpenPack.Of(TrialScope.Of(Plan, scope), new KnownTrials(Plan, SweepHistory.Fold(journal))));

    private static TrialId IdAt(int position) => Plan.TrialAt(position).Id;

    private static JournalEntry[] Commit(PackId pack, int[] positions, int? diverged = null)
    {
        var segment = new StagedSegment($"{pack}-0.parquet", "staged", "hash", 1, 1);
        var content = new SegmentContent(
            [.. positions.Select(IdAt)], diverged is { } at ? [new DivergedTrial(IdAt(at), 10)] : [],
            Plan.ScheduleFor(Plan.PointAt(0)), "worker", 1);
        return [new JournalEntry.CommitGranted(pack, 1, segment, content), new JournalEntry.Committed(pack, 1, segment.Name, default)];
    }
}
