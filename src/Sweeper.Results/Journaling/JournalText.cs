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

    // Below this many lines threads cost more than they gain.
    private const int Many = 2000;

    /// <summary>
    /// Reads bytes; <paramref name="path"/> stands in messages. Throws <see cref="SweepException"/> for a damaged whole line.
    /// </summary>
    public static JournalText Parse(byte[] bytes, string path)
    {
        var lines = Lines(bytes);
        var read = new Reading[lines.Count];
        Parallel.For(
            0, lines.Count, new ParallelOptions { MaxDegreeOfParallelism = lines.Count < Many ? 1 : -1 },
            number => read[number] = Read(bytes.AsSpan(lines[number])));
        var entries = ImmutableArray.CreateBuilder<JournalEntry>(lines.Count);
        var order = new EpochOrder();
        for (var number = 0; number < read.Length; number++)
        {
            var line = read[number].Line ?? throw Damaged(path, number + 1, read[number].Damage!);
            if (order.Counts(line.Epoch))
            {
                entries.Add(line.Entry);
            }
        }

        return new JournalText(entries.ToImmutable(), order.Last, lines.Count == 0 ? 0 : lines[^1].End.Value + 1);
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

    /// <summary>Where the whole lines are, without their newlines.</summary>
    private static List<Range> Lines(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<Range>();
        var start = 0;
        while (bytes[start..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            lines.Add(start..(start + length));
            start += length + 1;
        }

        return lines;
    }

    private static Reading Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return new Reading(JournalLine.Decode(line), null);
        }
        catch (FormatException damage)
        {
            return new Reading(null, damage);
        }
    }

    private static SweepException Damaged(string path, int number, FormatException damage) => new(
        ExitCode.Preflight, $"line {number} of the journal is damaged: {damage.Message}",
        $"restore the file from a backup; or move it away (mv {path} {path}.damaged) and `sweeper run` again: the journal is then "
        + "rebuilt from the segments, which loses no committed row, only the record of attempts and failures",
        $"{path}:{number}", damage);

    private readonly record struct Reading(JournalLine? Line, FormatException? Damage);
}
