using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Journaling;

/// <summary>Reads the journal of a folder that another process may be writing: takes no lock and changes nothing.</summary>
public static class JournalReader
{
    /// <summary>
    /// All entries, oldest first; empty when the folder has no journal. A last line that is still being written is left
    /// out. Throws <see cref="SweepException"/> (preflight) for a damaged line.
    /// </summary>
    /// <param name="folder">The results folder.</param>
    public static IReadOnlyList<JournalEntry> Read(string folder)
    {
        var path = new ResultFolder(folder).Journal;
        return DiskFault.Guard(path, () => JournalText.Read(path).Entries);
    }
}
