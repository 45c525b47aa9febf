using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Segments of a pack that pauses, on disk: they count together, or not at all.</summary>
public sealed class PausedPackTests
{
    private static readonly SweepPlan Plan = SyntheticSweep.Plan();
    private static readonly PackCheckpoint Checkpoint = new(10, Enumerable.Range(0, 100_003).Select(place => (byte)place).ToArray());

    [Fact]
    public void Curves_and_measurements_of_a_pack_in_several_segments_are_those_of_a_pack_in_one()
    {
        using var temporary = new TemporaryFolder();
        var whole = SyntheticSweep.Run(Plan, temporary.In("whole"));
        var parts = new ResultFolder(temporary.In("parts"));
        using (var folder = SyntheticSweep.Open(Plan, parts.Path))
        {
            var history = Pause(folder, Plan.Packs[0]);
            Assert.Empty(history.Trials);
            folder.Derive(Plan, history);
            Assert.Equal([0L], ResultQuery.Run(parts.Path, "SELECT count(*) FROM measurements").Rows[0]);
            history = GoOn(folder, history, Plan.Packs[0]);
            history = Train(folder, history);
            folder.Derive(Plan, history);
        }

        Assert.Equal(File.ReadAllBytes(whole.Curves), File.ReadAllBytes(parts.Curves));
        Assert.Equal(File.ReadAllBytes(whole.Summaries), File.ReadAllBytes(parts.Summaries));
        const string All = "SELECT trial_id, step, metric, split, index, value FROM measurements ORDER BY ALL";
        Assert.Equal(ResultQuery.Run(whole.Path, All).Rows, ResultQuery.Run(parts.Path, All).Rows);
        Assert.Empty(Leftover.Find(parts.Path, SweepHistory.Fold(JournalReader.Read(parts.Path)), _ => true));
    }

    [Fact]
    public void A_segment_is_published_before_its_checkpoint_and_what_is_between_is_finished_when_the_folder_is_opened()
    {
        using var temporary = new TemporaryFolder();
        var path = new ResultFolder(temporary.In("synthetic"));
        StagedSegment staged;
        using (var folder = SyntheticSweep.Open(Plan, path.Path))
        {
            staged = Stage(folder, Plan.Packs[0], 1, 0, step => step <= 10, Checkpoint);
            folder.Journal.Append(new JournalEntry.Planned(
                Plan.Hash, Plan.ResolvedText, Plan.TrialCount, Plan.Packs, DateTimeOffset.UnixEpoch));
            folder.Journal.Append(Granted(Plan.Packs[0], 1, staged, null));
            File.Move(path.Staged(staged.StagedName), path.Segment(staged.Name));
            Assert.False(folder.Segments.IsIntact(staged));
        }

        using (var folder = SyntheticSweep.Open(Plan, path.Path))
        {
            Assert.True(folder.Segments.IsIntact(staged));
            var read = Enumerable.Range(0, 3)
                .SelectMany(part => folder.Segments.ReadCheckpoint(staged.Checkpoint!, part * 40_000, 40_000).ToArray());
            Assert.Equal(Checkpoint.Content.ToArray(), read);
        }

        Assert.Empty(Leftover.Find(path.Path, SweepHistory.Fold(JournalReader.Read(path.Path)), _ => true));
    }

    [Fact]
    public void A_checkpoint_that_its_coordinator_could_not_remove_any_more_is_removed_when_the_folder_is_opened()
    {
        using var temporary = new TemporaryFolder();
        var path = new ResultFolder(temporary.In("synthetic"));
        string paused;
        using (var folder = SyntheticSweep.Open(Plan, path.Path))
        {
            paused = path.Checkpoint(Pause(folder, Plan.Packs[0]).Begun.Values.Single().File.Checkpoint!.Name);
            File.Copy(paused, path.Checkpoint("of-a-pack-that-is-done-1.checkpoint"));
        }

        using (SyntheticSweep.Open(Plan, path.Path))
        {
            Assert.Equal([paused], Directory.GetFiles(path.Checkpoints));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_checkpoint_that_is_damaged_or_whose_rows_are_gone_is_given_up_and_its_files_can_be_pruned(bool isDamaged)
    {
        using var temporary = new TemporaryFolder();
        var path = new ResultFolder(temporary.In("synthetic"));
        using (var folder = SyntheticSweep.Open(Plan, path.Path))
        {
            var file = Pause(folder, Plan.Packs[0]).Begun.Values.Single().File;
            if (isDamaged)
            {
                File.AppendAllText(path.Checkpoint(file.Checkpoint!.Name), "x");
            }
            else
            {
                File.Delete(path.Segment(file.Name));
            }
        }

        var notes = new List<string>();
        using (var folder = SyntheticSweep.Open(Plan, path.Path, notes))
        {
            Assert.Contains("begins anew", Assert.Single(notes), StringComparison.Ordinal);
        }

        var history = SweepHistory.Fold(JournalReader.Read(path.Path));
        Assert.Empty(history.Begun);
        LeftoverKind[] left = isDamaged ? [LeftoverKind.Superseded, LeftoverKind.Checkpoint] : [LeftoverKind.Checkpoint];
        Assert.Equal(left, Leftover.Find(path.Path, history, _ => true).Select(file => file.Kind));
    }

    [Fact]
    public void A_journal_is_rebuilt_from_the_segments_of_a_pack_that_paused_and_was_ended()
    {
        using var temporary = new TemporaryFolder();
        var path = new ResultFolder(temporary.In("synthetic"));
        SweepHistory before;
        using (var folder = SyntheticSweep.Open(Plan, path.Path))
        {
            before = GoOn(folder, Pause(folder, Plan.Packs[0]), Plan.Packs[0]);
            Pause(folder, Plan.Packs[1]);
        }

        File.Move(path.Journal, path.Journal + ".damaged");
        using var again = SyntheticSweep.Open(Plan, path.Path);
        var after = SweepHistory.Fold(again.Journal.History);
        Assert.Empty(after.Begun);
        Assert.Equal(before.Trials.Keys.OrderBy(trial => trial.Hex), after.Trials.Keys.OrderBy(trial => trial.Hex));
        Assert.Equal(
            before.Segments.Values.Single().Files.Select(file => file.Sha256),
            after.Segments.Values.Single().Files.Select(file => file.Sha256));
        Assert.DoesNotContain(after.Trials.Values, trial => trial.DivergedStep is not null);
    }

    private static SweepHistory Pause(ISweepFolder folder, Pack pack) =>
        Commit(folder, SweepHistory.Fold(folder.Journal.History), pack, Stage(folder, pack, 1, 0, step => step <= 10, Checkpoint), null);

    private static SweepHistory GoOn(ISweepFolder folder, SweepHistory history, Pack pack)
    {
        var staged = Stage(folder, pack, 2, 1, step => step > 10, null);
        history = Commit(folder, history, pack, staged, $"{pack.Id}-0.parquet");
        folder.Segments.DropCheckpoints(pack.Id, null);
        return history;
    }

    private static SweepHistory Train(ISweepFolder folder, SweepHistory history)
    {
        foreach (var pack in Plan.Packs.Skip(1))
        {
            history = Commit(folder, history, pack, Stage(folder, pack, 3, 0, _ => true, null), null);
        }

        return history;
    }

    private static SweepHistory Commit(ISweepFolder folder, SweepHistory history, Pack pack, StagedSegment staged, string? after)
    {
        var granted = Granted(pack, 1, staged, after);
        var committed = new JournalEntry.Committed(pack.Id, 1, staged.Name, DateTimeOffset.UnixEpoch);
        folder.Journal.Append(granted);
        folder.Segments.Publish(staged);
        folder.Journal.Append(committed);
        history.Apply(granted);
        history.Apply(committed);
        return history;
    }

    private static StagedSegment Stage(
        ISweepFolder folder, Pack pack, long lease, int interval, Func<long, bool> isIn, PackCheckpoint? checkpoint)
    {
        var work = Work(pack);
        using var draft = folder.Segments.Begin(new SegmentHeader(pack.Id, lease, interval, work.Trials, work.Wanted, work.Schedule));
        foreach (var block in SyntheticSweep.Blocks(work)
            .Where(block => isIn(block.Step)).Concat<PackBlock>(checkpoint is null ? [] : CheckpointPiece.Of(checkpoint)))
        {
            draft.Append(block);
        }

        return draft.Close();
    }

    private static JournalEntry.CommitGranted Granted(Pack pack, long lease, StagedSegment staged, string? after) => new(
        pack.Id, lease, staged,
        new SegmentContent([.. Work(pack).Trials.Select(trial => trial.Id)], [], Work(pack).Schedule, "here", 1, after));

    private static PackWork Work(Pack pack) => Plan.WorkFor(pack, (_, _) => true);
}
