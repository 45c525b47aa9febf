using Sweeper.Core.Journal;

namespace Sweeper.Core.Ports;

/// <summary>The append-only, checksummed record of a sweep; written by the coordinator only.</summary>
public interface IJournal
{
    /// <summary>Epoch of this writer: one more than that of any earlier one.</summary>
    int Epoch { get; }

    /// <summary>What was recorded before this writer opened it, oldest first.</summary>
    IReadOnlyList<JournalEntry> History { get; }

    /// <summary>Appends and syncs; all of the entries or, after a crash, a prefix of them.</summary>
    void Append(params ReadOnlySpan<JournalEntry> entries);
}
