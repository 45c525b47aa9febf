using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;

namespace Sweeper.Results.Segments;

/// <summary>Compares committed segments with what the journal says of them.</summary>
internal static class SegmentCheck
{
    /// <summary>Throws when a segment is missing or has other bytes than it was committed with.</summary>
    public static void Verify(ResultFolder folder, StagedSegment segment, int trials)
    {
        VerifyLength(folder, segment, trials);
        if (FileHash.Of(folder.Segment(segment.Name)) != segment.Sha256)
        {
            throw Damaged(folder.Segment(segment.Name), trials);
        }
    }

    /// <summary>All segments with current rows of a folder that may be written to meanwhile; throws as <see cref="Verify"/> does.</summary>
    public static void VerifyAll(ResultFolder folder) => Checked(folder, Verify);

    /// <summary>
    /// The history of a folder whose segments are there in their full length. What costs no reading is looked at: a query of
    /// fewer rows than were committed would be a wrong answer, and no error.
    /// </summary>
    public static SweepHistory HistoryOfWhole(ResultFolder folder) => Checked(folder, VerifyLength);

    private static SweepHistory Checked(ResultFolder folder, Action<ResultFolder, StagedSegment, int> verify)
    {
        var history = Read(folder);
        try
        {
            ForAll(folder, history, verify);
        }
        catch (SweepException)
        {
            // Its writer may have replaced a segment since the journal was read.
            history = Read(folder);
            ForAll(folder, history, verify);
        }

        return history;
    }

    private static SweepHistory Read(ResultFolder folder) => SweepHistory.Fold(JournalReader.Read(folder.Path));

    private static void ForAll(ResultFolder folder, SweepHistory history, Action<ResultFolder, StagedSegment, int> verify)
    {
        // One whose replacement is granted may be the old or the new.
        var changing = history.Unreported.Select(granted => granted.Segment.Name).ToHashSet();
        foreach (var segment in history.SegmentsInUse)
        {
            foreach (var file in segment.Files.Where(file => !changing.Contains(file.Name)))
            {
                verify(folder, file, segment.Content.Trials.Length);
            }
        }
    }

    private static void VerifyLength(ResultFolder folder, StagedSegment segment, int trials)
    {
        var file = new FileInfo(folder.Segment(segment.Name));
        if (!file.Exists)
        {
            throw new SweepException(
                ExitCode.Preflight, $"a committed segment with {trials} trials is missing",
                "restore it from a backup, or `sweeper run` trains them again", file.FullName);
        }

        if (file.Length != segment.Bytes)
        {
            throw Damaged(file.FullName, trials);
        }
    }

    private static SweepException Damaged(string path, int trials) => new(
        ExitCode.Preflight, $"a committed segment with {trials} trials is damaged: its bytes are not those that were committed",
        "restore it from a backup; or delete it, and `sweeper run` trains them again", path);
}
