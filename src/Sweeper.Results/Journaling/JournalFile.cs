using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Journaling;

/// <summary>The journal of a folder that this process holds the lock of.</summary>
internal sealed class JournalFile : IJournal, IDisposable
{
    private readonly ResultFolder folder;
    private readonly WriterLock writer;
    private readonly FileStream stream;
    private readonly List<JournalEntry> history;
    private readonly Lock appending = new();
    private bool isBroken;

    private JournalFile(ResultFolder folder, WriterLock writer, FileStream stream, JournalText text)
    {
        this.folder = folder;
        this.writer = writer;
        this.stream = stream;
        history = [.. text.Entries];
    }

    /// <inheritdoc/>
    public int Epoch => writer.Epoch;

    /// <summary>What was recorded before the folder was handed out, its own repairs included.</summary>
    public IReadOnlyList<JournalEntry> History => history;

    /// <summary>Opens or creates the file and cuts an incomplete last line off, which is kept in `journal.torn`.</summary>
    public static JournalFile Open(ResultFolder folder, WriterLock writer, JournalText text, Action<string> note)
    {
        var isNew = !File.Exists(folder.Journal);
        var stream = new FileStream(
            folder.Journal, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var journal = new JournalFile(folder, writer, stream, text);
        if (isNew)
        {
            Sync.Folder(folder.Path);
        }

        if (stream.Length > text.WholeLength)
        {
            journal.CutTornTail(text.WholeLength, note);
        }

        // Whatever is written comes after what is there: a writer that slept and was replaced meanwhile adds a line that readers leave
        // out by its epoch, instead of overwriting lines of its successor.
        AppendOnly.Set(stream.SafeFileHandle, folder.Journal);
        stream.Seek(0, SeekOrigin.End);
        return journal;
    }

    /// <summary>
    /// Appends and syncs. Throws <see cref="SweepException"/> (preflight) when the disk refuses; the entries are then not
    /// recorded.
    /// </summary>
    public void Append(params ReadOnlySpan<JournalEntry> entries)
    {
        using var bytes = new MemoryStream();
        foreach (var entry in entries)
        {
            bytes.Write(new JournalLine(Epoch, entry).Encode());
        }

        lock (appending)
        {
            writer.Check();
            DiskFault.Guard(folder.Journal, () => Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        }
    }

    /// <summary>The same for what opening the folder repaired: it belongs to the history of this writer.</summary>
    public void Repair(params ReadOnlySpan<JournalEntry> entries)
    {
        Append(entries);
        history.AddRange(entries);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (isBroken)
        {
            throw new IOException("an earlier write failed and could not be undone");
        }

        var before = stream.Length;
        try
        {
            // In one write, which nobody else's can come between; in two halves for a test that kills the process there, and leaves the
            // torn line that the next opening must survive.
            var half = Failpoint.IsOn("journal") ? bytes.Length / 2 : 0;
            stream.Write(bytes[..half]);
            Failpoint.Hit("journal");
            stream.Write(bytes[half..]);
            Sync.File(stream.SafeFileHandle, folder.Journal);
        }
        catch
        {
            Undo(before);
            throw;
        }
    }

    private void Undo(long length)
    {
        isBroken = true;
        // A writer that was replaced while its write hung does not cut off what its successor wrote.
        writer.Check();
        stream.SetLength(length);
        stream.Seek(length, SeekOrigin.Begin);
        Sync.File(stream.SafeFileHandle, folder.Journal);
        isBroken = false;
    }

    private void CutTornTail(long wholeLength, Action<string> note)
    {
        var tail = JournalText.ReadBytes(folder.Journal).AsSpan((int)wholeLength);
        using (var torn = new FileStream(folder.TornJournal, FileMode.Append, FileAccess.Write))
        {
            torn.Write(tail);
            torn.WriteByte((byte)'\n');
            DurableFile.Commit(torn, folder.TornJournal);
        }

        stream.SetLength(wholeLength);
        Sync.File(stream.SafeFileHandle, folder.Journal);
        note($"the journal ended in an incomplete line ({tail.Length} bytes), as after a power cut; it was moved to {folder.TornJournal}");
    }
}
