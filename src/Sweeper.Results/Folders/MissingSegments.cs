using System.Collections.Immutable;
using Sweeper.Core.Journal;

namespace Sweeper.Results.Folders;

/// <summary>Segments that the journal of a folder counts on and that are gone: somebody deleted a damaged one, say.</summary>
public static class MissingSegments
{
    /// <summary>What a journal says of a folder that is not opened, less what is gone: counted as a run will count that opens it.</summary>
    /// <param name="path">The results folder.</param>
    /// <param name="journal">Its journal.</param>
    public static SweepHistory Subtract(string path, IEnumerable<JournalEntry> journal)
    {
        var history = SweepHistory.Fold(journal);
        foreach (var lost in Find(path, history, default))
        {
            history.Apply(lost);
        }

        return history;
    }

    /// <summary>The lines that opening the folder adds to its journal.</summary>
    /// <param name="path">The results folder.</param>
    /// <param name="history">Its journal, folded.</param>
    /// <param name="at">Time of the lines.</param>
    internal static ImmutableArray<JournalEntry.SegmentLost> Find(string path, SweepHistory history, DateTimeOffset at)
    {
        var folder = new ResultFolder(path);
        return
        [
            .. from segment in history.SegmentsInUse
               let missing = segment.Files.FirstOrDefault(file => !File.Exists(folder.Segment(file.Name)))
               where missing is not null
               select new JournalEntry.SegmentLost(missing.Name, "the file is missing", at),
        ];
    }
}
