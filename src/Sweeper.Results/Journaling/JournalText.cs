using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;

namespace Sweeper.Results.Journaling;

/// <summary>What a journal's bytes say.</summary>
/// <param name="Entries">Oldest first; lines of a writer that had been replaced when it wrote them are left out.</param>
/// <param name="LastEpoch">Largest epoch, 0 in an empty journal.</param>
/// <param name="WholeLength">Bytes up to the end of the last whole line; what follows was never acknowledged.</param>
internal sealed record JournalText(ImmutableArray<JournalEntry> Entries, int LastEpoch, long WholeLength)
{
    /// <summary>Nothing yet.</summary>
    public static JournalText Empty { get; } = new([], 0, 0);

    /// <summary>Reads bytes; <paramref name="path"/> stands in messages. Throws <see cref="SweepException"/> for a damaged whole line.</summary>
    public static JournalText Parse(ReadOnlySpan<byte> bytes, string path)
    {
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        var order = new EpochOrder();
        var start = 0;
        for (var number = 1; bytes[start..].IndexOf((byte)'\n') is >= 0 and var length; number++)
        {
            var line = Decode(bytes.Slice(start, length), path, number);
            if (order.Counts(line.Epoch))
            {
                entries.Add(line.Entry);
            }

            start += length + 1;
        }

        return new JournalText(entries.ToImmutable(), order.Last, start);
    }

    /// <summary>Reads a file that may be growing; a missing one is empty.</summary>
    public static JournalText Read(string path) => File.Exists(path) ? Parse(ReadBytes(path), path) : Empty;

    /// <summary>The bytes of a file that another process may be writing.</summary>
    public static byte[] ReadBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static JournalLine Decode(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JournalLine.Decode(line);
        }
        catch (FormatException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, $"line {number} of the journal is damaged: {fault.Message}",
                $"restore the file from a backup; or move it away (mv {path} {path}.damaged) and `sweeper run` again: the journal is then "
                + "rebuilt from the segments, which loses no committed row, only the record of attempts and failures",
                $"{path}:{number}", fault);
        }
    }
}
