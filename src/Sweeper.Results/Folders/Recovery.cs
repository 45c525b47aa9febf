using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Folders;

/// <summary>
/// What is put right when a folder is opened: a lost journal is rebuilt, granted renames are finished, lost segments are
/// given up, left-over staged files and checkpoints removed.
/// </summary>
internal sealed class Recovery(ResultFolder folder, JournalFile journal, WriterLock writer, Action<string> note, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public void Run()
    {
        if (journal.History.Count == 0)
        {
            RebuildJournal();
        }

        var history = SweepHistory.Fold(journal.History);
        FinishGranted(history);
        FinishMerged(history);
        CheckSegments(history);
        CheckPauses(history);
        RemoveLeftOvers(history);
    }

    /// <summary>Staged files, and checkpoints that no pack goes on from: their writer died before it could remove them.</summary>
    private void RemoveLeftOvers(SweepHistory history)
    {
        var inUse = history.CheckpointsInUse(_ => true).ToHashSet();
        var checkpoints = Directory.Exists(folder.Checkpoints)
            ? Directory.EnumerateFiles(folder.Checkpoints).Where(path => !inUse.Contains(Path.GetFileName(path)))
            : [];
        foreach (var leftOver in Directory.EnumerateFiles(folder.Staging).Concat(checkpoints).ToList())
        {
            File.Delete(leftOver);
        }
    }

    /// <summary>Segments are self-describing: every whole one is committed again.</summary>
    private void RebuildJournal()
    {
        var found = Directory.EnumerateFiles(folder.Segments, "*.parquet")
            .OrderBy(File.GetLastWriteTimeUtc).ThenBy(path => path, StringComparer.Ordinal).ToList();
        foreach (var entries in SegmentInspection.ToEntries(found, clock.GetUtcNow()))
        {
            journal.Repair(entries);
        }

        if (found.Count > 0)
        {
            note($"the journal was missing and has been rebuilt from {found.Count} segments; earlier attempts and failures are forgotten");
        }
    }

    /// <summary>
    /// A grant is the decision to publish: a staged file that survived is renamed now, and the coordinator finds it in place.
    /// </summary>
    private void FinishGranted(SweepHistory history)
    {
        var segments = new SegmentStore(folder, writer);
        foreach (var granted in history.Unreported)
        {
            if (!segments.IsIntact(granted.Segment) && segments.IsStaged(granted.Segment))
            {
                segments.Publish(granted.Segment);
            }
        }
    }

    /// <summary>What the journal says was merged is there, or a staged copy of it is.</summary>
    private void FinishMerged(SweepHistory history)
    {
        var segments = new SegmentStore(folder, writer);
        foreach (var file in history.SegmentsInUse.SelectMany(segment => segment.Files))
        {
            if (!File.Exists(folder.Segment(file.Name)) && segments.IsStaged(file))
            {
                segments.Publish(file);
            }
        }
    }

    private void CheckSegments(SweepHistory history)
    {
        foreach (var lost in MissingSegments.Find(folder.Path, history, clock.GetUtcNow()))
        {
            journal.Repair(lost);
            var before = WithRows(history);
            history.Apply(lost);
            note($"segment {lost.Segment} is missing: its {before - WithRows(history)} trials will be trained again");
        }

        foreach (var segment in history.SegmentsInUse)
        {
            foreach (var file in segment.Files)
            {
                SegmentCheck.Verify(folder, file, segment.Content.Trials.Length);
            }
        }
    }

    private static int WithRows(SweepHistory history) => history.Trials.Values.Count(trial => trial.Segment is not null);

    /// <summary>A pause is worth no trouble: where anything of it is amiss, its pack begins anew.</summary>
    private void CheckPauses(SweepHistory history)
    {
        var segments = new SegmentStore(folder, writer);
        foreach (var paused in history.Begun.Values)
        {
            if (!segments.IsIntact(paused.File) || !paused.Earlier.All(segments.IsInPlace))
            {
                journal.Repair(new JournalEntry.SegmentLost(
                    paused.File.Name, "it, its checkpoint or what was before it is missing or damaged", clock.GetUtcNow()));
                note($"the checkpoint of pack {paused.Pack} or rows before it are missing or damaged: it begins anew");
            }
        }
    }
}
