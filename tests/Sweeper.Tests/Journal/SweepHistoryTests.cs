using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Xunit;

namespace Sweeper.Tests.Journal;

public sealed class SweepHistoryTests
{
    private static readonly PackId First = new("abcd1234-0");
    private static readonly PackId Second = new("abcd1234-1");
    private static readonly TrialId A = new("aaaa");
    private static readonly TrialId B = new("bbbb");
    private static readonly MeasureSchedule Loss = Asked("loss");
    private static readonly MeasureSchedule LossAndNorm = Asked("loss", "norm");

    [Fact]
    public void A_grant_alone_commits_nothing_and_waits_to_be_settled()
    {
        var history = SweepHistory.Fold([Grant(First, 1, Loss, A)]);
        Assert.False(history.Covers(A, Loss));
        Assert.Equal(1, Assert.Single(history.Unreported).Lease);
    }

    [Fact]
    public void A_commit_covers_what_its_segment_measured_and_no_more()
    {
        var history = SweepHistory.Fold(Commit(First, 1, Loss, A, B));
        Assert.True(history.Covers(A, Loss) && history.Covers(B, Loss));
        Assert.False(history.Covers(A, LossAndNorm));
        Assert.Empty(history.Unreported);
    }

    [Fact]
    public void A_commit_that_was_never_granted_is_ignored()
    {
        Assert.Empty(SweepHistory.Fold([Reported(First, 1)]).Trials);
    }

    [Fact]
    public void The_same_lines_twice_give_the_same_trials_as_once()
    {
        var once = SweepHistory.Fold(Commit(First, 1, Loss, A, B));
        var twice = SweepHistory.Fold([.. Commit(First, 1, Loss, A, B), .. Commit(First, 1, Loss, A, B)]);
        Assert.Equal(once.Trials, twice.Trials);
    }

    [Fact]
    public void Committing_a_pack_again_replaces_all_that_its_file_held()
    {
        var history = SweepHistory.Fold([.. Commit(First, 1, Loss, A, B), .. Commit(First, 2, LossAndNorm, B)]);
        Assert.False(history.Trials.ContainsKey(A));
        Assert.True(history.Covers(B, LossAndNorm));
        Assert.Equal(2, Assert.Single(history.Segments).Value.File.Bytes);
    }

    [Fact]
    public void A_trial_has_one_current_segment_the_latest()
    {
        var history = SweepHistory.Fold([.. Commit(First, 1, Loss, A, B), .. Commit(Second, 2, LossAndNorm, B)]);
        Assert.Equal(["abcd1234-0-0.parquet", "abcd1234-1-0.parquet"], [history.Trials[A].Segment, history.Trials[B].Segment]);
        history.Apply(Lost(First));
        Assert.True(history.Covers(B, LossAndNorm));
        Assert.False(history.Trials.ContainsKey(A));
    }

    [Fact]
    public void A_lost_segment_takes_its_trials_and_its_grant_with_it()
    {
        var history = SweepHistory.Fold([.. Commit(First, 1, Loss, A), Grant(Second, 2, Loss, B), Lost(First), Lost(Second)]);
        Assert.Empty(history.Trials);
        Assert.Empty(history.Segments);
        Assert.Empty(history.Unreported);
    }

    [Fact]
    public void A_failed_trial_is_forgiven_by_a_later_commit()
    {
        var history = SweepHistory.Fold([Ended(First, FailureKind.Error), Failed(First, A)]);
        Assert.True(history.HasFailed(A));
        Assert.Equal((1, "it threw"), (history.Trials[A].Attempts, history.Trials[A].Failure));
        foreach (var entry in Commit(First, 2, Loss, A))
        {
            history.Apply(entry);
        }

        Assert.False(history.HasFailed(A));
        Assert.Equal(2, history.Trials[A].Attempts);
    }

    [Fact]
    public void A_failed_attempt_at_more_metrics_keeps_the_rows_there_were()
    {
        var history = SweepHistory.Fold([.. Commit(First, 1, Loss, A), Failed(Second, A)]);
        Assert.True(history.HasFailed(A));
        Assert.True(history.Covers(A, Loss));
        history.Apply(Lost(First));
        Assert.True(history.HasFailed(A));
        Assert.False(history.Covers(A, Loss));
    }

    [Fact]
    public void Only_errors_spend_attempts_and_leases_never_go_back()
    {
        var history = SweepHistory.Fold(
        [
            Leased(First, 7), Ended(First, FailureKind.Lost), Leased(First, 3), Ended(First, FailureKind.Drained),
            Ended(First, FailureKind.Error), Ended(First, FailureKind.OutOfMemory), Ended(First, FailureKind.Storage),
        ]);
        Assert.Equal((2, 0, 7), (history.Attempts(First), history.Attempts(Second), history.LastLease));
    }

    [Fact]
    public void The_plan_is_the_latest_and_divergence_is_kept()
    {
        var granted = Grant(First, 1, Loss, A, B);
        var history = SweepHistory.Fold(
        [
            Planned("old"), new JournalEntry.NumericsFrozen("torch cpu"), Planned("new"), new JournalEntry.NumericsFrozen("torch cuda"),
            granted with { Content = granted.Content with { Diverged = [new DivergedTrial(B, 40)] } }, Reported(First, 1),
        ]);
        Assert.Equal("new", history.Plan!.PlanHash);
        Assert.Equal(["torch cpu", "torch cuda"], history.Numerics);
        Assert.Equal((null, 40L), (history.Trials[A].DivergedStep, history.Trials[B].DivergedStep));
    }

    [Fact]
    public void A_retry_takes_failures_back_and_gives_their_pack_a_new_budget()
    {
        var history = SweepHistory.Fold(
        [
            .. Commit(Second, 1, Loss, B), Ended(First, FailureKind.Error), Ended(First, FailureKind.Error), Failed(First, A, B),
        ]);
        history.Apply(new JournalEntry.Retried([A, B], default));
        Assert.False(history.HasFailed(A) || history.HasFailed(B));
        Assert.Equal((false, true), (history.Covers(A, Loss), history.Covers(B, Loss)));
        Assert.Equal(0, history.Attempts(First));
        foreach (var entry in Commit(First, 2, Loss, A))
        {
            history.Apply(entry);
        }

        Assert.Equal(3, history.Trials[A].Attempts);
    }

    [Fact]
    public void A_pruned_segment_takes_only_what_was_current_in_it()
    {
        var history = SweepHistory.Fold(
            [.. Commit(First, 1, Loss, A, B), .. Commit(Second, 2, Loss, B), new JournalEntry.Pruned([$"{First}-0.parquet"], default)]);
        Assert.Equal((false, true), (history.Trials.ContainsKey(A), history.Covers(B, Loss)));
        Assert.Equal([$"{Second}-0.parquet"], history.Segments.Keys);
    }

    [Fact]
    public void Failures_are_grouped_by_what_they_have_in_common_while_they_stand()
    {
        JournalEntry[] entries =
        [
            new JournalEntry.Opened("lab-1", 1, "0.1.0", default), Leased(First, 1), Leased(Second, 2),
            new JournalEntry.PackFailed(First, [A], FailureKind.Error, "trial 0a1b2c3d4e5f: 17 of 1.5e3 weights at 0x7f3a", default),
            new JournalEntry.Opened("lab-2", 1, "0.1.0", default),
            new JournalEntry.PackFailed(
                Second, [B], FailureKind.Error, "trial 99aabbccdd00: 3 of 2 weights at 0x1", DateTimeOffset.UnixEpoch),
        ];
        var group = Assert.Single(FailureGroup.Of(entries, _ => true));
        Assert.Equal("trial #: # of # weights at #", group.Fingerprint);
        Assert.Equal([A, B], group.Trials);
        Assert.Equal([First, Second], group.Packs);
        Assert.Equal(("lab-2", "worker"), (group.Host, group.Worker));
        Assert.Equal([B], Assert.Single(FailureGroup.Of(entries, trial => trial == B)).Trials);
        Assert.Equal([A], Assert.Single(FailureGroup.Of([.. entries, new JournalEntry.Retried([B], default)], _ => true)).Trials);
    }

    private static MeasureSchedule Asked(params string[] metrics) =>
        new([new Snapshot(0, [.. metrics.Select(name => new MetricVersion(name, 1))])]);

    private static JournalEntry.CommitGranted Grant(PackId pack, long lease, MeasureSchedule schedule, params TrialId[] trials) => new(
        pack, lease, new StagedSegment($"{pack}-0.parquet", $"{pack}-{lease}.staged", "00", lease, 1),
        new SegmentContent([.. trials], [], schedule, "worker", 1));

    private static JournalEntry.Committed Reported(PackId pack, long lease) => new(pack, lease, $"{pack}-0.parquet", default);

    private static JournalEntry[] Commit(PackId pack, long lease, MeasureSchedule schedule, params TrialId[] trials) =>
        [Grant(pack, lease, schedule, trials), Reported(pack, lease)];

    private static JournalEntry.SegmentLost Lost(PackId pack) => new($"{pack}-0.parquet", "gone", default);

    private static JournalEntry.AttemptEnded Ended(PackId pack, FailureKind kind) => new(pack, 1, kind, "it threw", default);

    private static JournalEntry.PackFailed Failed(PackId pack, params TrialId[] trials) =>
        new(pack, [.. trials], FailureKind.Error, "it threw", default);

    private static JournalEntry.Leased Leased(PackId pack, long lease) => new(pack, lease, "worker", 1, default);

    private static JournalEntry.Planned Planned(string hash) => new(hash, "", 1, [], default);
}
