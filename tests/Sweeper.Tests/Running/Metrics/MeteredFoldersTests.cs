using System.Collections.Immutable;
using Sweeper.Running.Metrics;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Running.Metrics;

public sealed class MeteredFoldersTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void The_numbers_of_a_sweep_are_those_of_its_journal_before_while_and_after_it_is_open()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var path = temporary.In("synthetic");
        using (var before = SyntheticSweep.Open(plan, path))
        {
            SyntheticSweep.Train(plan, before, packs: plan.Packs.Take(2));
        }

        var seconds = new List<double>();
        var clock = new ManualClock();
        clock.Advance(TimeSpan.FromHours(7));
        var folders = new MeteredFolders(new SweepFolders("test"), (sweep, took) =>
        {
            Assert.Equal("synthetic", sweep);
            seconds.Add(took);
        }, clock);
        Assert.Empty(folders.Read());

        using (var folder = folders.OpenForWriting(plan, path))
        {
            Assert.Equal(1, folders.Open);
            // Four trials a pack, twenty-four in all.
            Assert.Equal((8, 0, 0, 16, 0), Numbers(folders));
            // An earlier coordinator's commits may be old: this one has just begun.
            Assert.Equal((true, clock.GetUtcNow()), (folders.Read()[0].IsOpen, folders.Read()[0].LastCommit));
            clock.Advance(TimeSpan.FromHours(1));

            var (lost, wrong) = (plan.Packs[2], plan.Packs[3]);
            folder.Journal.Append(new JournalEntry.Leased(lost.Id, 11, "a", 1, At), new JournalEntry.Leased(wrong.Id, 12, "b", 1, At));
            Assert.Equal((8, 0, 0, 16, 2), Numbers(folders));
            folder.Journal.Append(
                new JournalEntry.AttemptEnded(lost.Id, 11, FailureKind.Lost, "silent", At),
                new JournalEntry.AttemptEnded(wrong.Id, 12, FailureKind.Error, "it threw", At),
                new JournalEntry.PackFailed(wrong.Id, Trials(plan, wrong.First, wrong.Count), FailureKind.Error, "it threw", At));
            Assert.Equal((8, 0, 4, 12, 0), Numbers(folders));
            Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(7), folders.Read()[0].LastCommit);
            Assert.Equal((1L, 1L), (folders.Read()[0].Ended[FailureKind.Lost], folders.Read()[0].Ended[FailureKind.Error]));
            Assert.Equal(2, seconds.Count);
            Assert.All(seconds, took => Assert.InRange(took, 0, 60));

            SyntheticSweep.Train(plan, folder, trial => trial.Seed == 3 ? 20 : null);
        }

        Assert.Equal(0, folders.Open);
        // Training here says of every commit that it was at the epoch.
        Assert.Equal((false, DateTimeOffset.UnixEpoch), (folders.Read()[0].IsOpen, folders.Read()[0].LastCommit));
        // The failed ones were trained after all; of the four packs trained last some trials have seed 3.
        var diverged = Enumerable.Range(8, 16).Count(index => plan.TrialAt(index).Seed == 3);
        Assert.Equal((24, diverged, 0, 0, 0), Numbers(folders));
    }

    [Fact]
    public void A_sweep_that_ends_with_pending_trials_is_not_open_and_opened_again_it_is()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folders = new MeteredFolders(new SweepFolders("test"), (_, _) => { }, new ManualClock());
        for (var time = 0; time < 2; time++)
        {
            using (folders.OpenForWriting(plan, temporary.In("synthetic")))
            {
                Assert.True(Assert.Single(folders.Read()).IsOpen);
            }

            Assert.Equal((24, false), (Assert.Single(folders.Read()).Pending, folders.Read()[0].IsOpen));
        }
    }

    private static (long Committed, long Diverged, long Failed, long Pending, int Leases) Numbers(MeteredFolders folders)
    {
        var reading = Assert.Single(folders.Read());
        return (reading.Committed, reading.Diverged, reading.Failed, reading.Pending, reading.Leases);
    }

    private static ImmutableArray<TrialId> Trials(SweepPlan plan, long first, int count) =>
        [.. Enumerable.Range(0, count).Select(offset => plan.TrialAt(first + offset).Id)];
}
