using System.Buffers.Binary;
using System.Text;
using Sweeper.Core.Errors;

namespace Sweeper.Training.Data.Made;

/// <summary>
/// The King James Bible as plain text: one verse a line, without its number, in lower case; of all else than letters and white space
/// nothing is kept (as Yunis et al. 2024 keep it of theirs). Its package has the text in windows that are compressed one by one, after a
/// table of where each ends.
/// </summary>
internal static class KingJamesBible
{
    private const string Path = "/usr/lib/bible.data";
    private const int Windows = 0x58, Table = 0x5c;

    /// <summary>The package.</summary>
    public static DebianPackage Package { get; } = new("bible-kjv-text", "4.38");

    /// <summary>Makes the text, ASCII.</summary>
    public static byte[] Make()
    {
        var content = Package.Read(Path);
        try
        {
            return Verses(Encoding.ASCII.GetString(Unpack(content)));
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException)
        {
            throw new SweepException(
                ExitCode.Preflight, $"{Path} cannot be read: {fault.Message}",
                $"It should be from {Package}: `apt-get install --reinstall {Package.Name}`.", Path, fault);
        }
    }

    /// <summary>The text as it is in the package.</summary>
    internal static byte[] Unpack(ReadOnlySpan<byte> content)
    {
        var windows = BinaryPrimitives.ReadInt32BigEndian(content[Windows..]);
        var text = new List<byte>();
        for (var window = 0; window < windows; window++)
        {
            text.AddRange(LempelZivWelch.Unpack(content[End(content, window)..End(content, window + 1)]));
        }

        return [.. text];
    }

    /// <summary>From lines `Ge1:1 In the beginning ...`, after a title.</summary>
    internal static byte[] Verses(string text)
    {
        var verses = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            foreach (var word in line.Split(' ').Skip(1).Select(Letters).Where(letters => letters.Length > 0))
            {
                verses.Append(word).Append(' ');
            }

            verses[^1] = '\n';
        }

        return Encoding.ASCII.GetBytes(verses.ToString());
    }

    private static string Letters(string word) => string.Concat(word.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant));

    private static int End(ReadOnlySpan<byte> content, int window) =>
        BinaryPrimitives.ReadInt32BigEndian(content[(Table + sizeof(int) * window)..]);
}
