using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

public class RecoveryTests
{
    [Fact]
    public void A_missing_segment_is_given_up_and_its_trials_give_the_same_curves_again()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var curves = File.ReadAllBytes(folder.Curves);
        var lost = Directory.EnumerateFiles(folder.Segments).First();
        File.Delete(lost);
        var notes = new List<string>();
        using (var open = SyntheticSweep.Open(plan, folder.Path, notes))
        {
            Assert.Equal(Path.GetFileName(lost), Assert.IsType<JournalEntry.SegmentLost>(open.Journal.History[^1]).Segment);
            Assert.Contains("trained again", Assert.Single(notes), StringComparison.Ordinal);
            var history = SyntheticSweep.Train(plan, open);
            open.Derive(plan, history);
        }

        Assert.True(File.Exists(lost));
        Assert.Equal(curves, File.ReadAllBytes(folder.Curves));
    }

    [Fact]
    public void A_damaged_segment_is_refused_by_name_with_its_trials_and_the_remedy_works()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var curves = File.ReadAllBytes(folder.Curves);
        var damaged = Directory.EnumerateFiles(folder.Segments).First();
        SegmentTests.Damage(damaged);
        var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Open(plan, folder.Path));
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.Equal(damaged, refused.Place);
        Assert.Contains("4 trials", refused.Message, StringComparison.Ordinal);
        Assert.Contains("delete it", refused.Remedy, StringComparison.Ordinal);
        File.Delete(damaged);
        SyntheticSweep.Run(plan, folder.Path);
        Assert.Equal(curves, File.ReadAllBytes(folder.Curves));
    }

    [Fact]
    public void A_segment_damaged_while_the_folder_is_open_never_reaches_the_curves()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        var history = SyntheticSweep.Train(plan, folder);
        var damaged = Directory.EnumerateFiles(new ResultFolder(temporary.In("synthetic")).Segments).First();
        SegmentTests.Damage(damaged);
        Assert.Equal(damaged, Assert.Throws<SweepException>(() => folder.Derive(plan, history)).Place);
        Assert.False(File.Exists(new ResultFolder(temporary.In("synthetic")).Curves));
    }

    [Fact]
    public void A_lost_journal_is_rebuilt_from_the_segments_and_nothing_is_trained_again()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        static long? Diverges(Core.Sweeps.Trial trial) => trial.Seed == 2 && trial.Point.Real("noise") == 1 ? 15 : null;
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"), Diverges);
        var curves = File.ReadAllBytes(folder.Curves);
        var before = SweepHistory.Fold(Sweeper.Results.Journaling.JournalReader.Read(folder.Path));
        File.Move(folder.Journal, folder.Journal + ".damaged");
        var notes = new List<string>();
        using (var open = SyntheticSweep.Open(plan, folder.Path, notes))
        {
            Assert.Contains("rebuilt", Assert.Single(notes), StringComparison.Ordinal);
            var after = SweepHistory.Fold(open.Journal.History);
            Assert.Equal(
                before.Trials.OrderBy(trial => trial.Key.Hex).Select(trial => (trial.Key, trial.Value.Segment, trial.Value.DivergedStep)),
                after.Trials.OrderBy(trial => trial.Key.Hex).Select(trial => (trial.Key, trial.Value.Segment, trial.Value.DivergedStep)));
            Assert.Equal(
                before.Segments.Values.Select(segment => segment.File.Sha256).Order(),
                after.Segments.Values.Select(segment => segment.File.Sha256).Order());
            var history = SyntheticSweep.Train(plan, open, Diverges);
            Assert.Equal(0, history.LastLease);
            open.Derive(plan, history);
        }

        Assert.Equal(curves, File.ReadAllBytes(folder.Curves));
    }

    [Fact]
    public void What_was_granted_but_not_renamed_is_published_when_the_folder_is_opened()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        var path = temporary.In("synthetic");
        using (var folder = SyntheticSweep.Open(plan, path))
        {
            var staged = SyntheticSweep.Stage(folder, work, lease: 1);
            SyntheticSweep.Stage(folder, plan.WorkFor(plan.Packs[1], (_, _) => true), lease: 2);
            folder.Journal.Append(new JournalEntry.CommitGranted(
                work.Pack.Id, 1, staged, new SegmentContent([.. work.Trials.Select(trial => trial.Id)], [], work.Schedule, "here", 1)));
        }

        using (var folder = SyntheticSweep.Open(plan, path))
        {
            var granted = Assert.Single(SweepHistory.Fold(folder.Journal.History).Unreported);
            Assert.True(folder.Segments.IsIntact(granted.Segment));
            Assert.Empty(Directory.EnumerateFileSystemEntries(new ResultFolder(path).Staging));
        }
    }
}
