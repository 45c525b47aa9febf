using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Sweeper.Core.Errors;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Gets the text of a sweep file, or says why it cannot be had.</summary>
internal static class SweepFileText
{
    /// <summary>
    /// Bytes of a sweep file at most: a file of a few kilobytes spells out thousands of points, a larger one is most likely no sweep file.
    /// </summary>
    private const int MostBytes = 4_000_000;

    /// <summary>Reads UTF-8, with or without a byte order mark.</summary>
    public static SourceText Load(string path)
    {
        try
        {
            return Decode(ReadBytes(path), path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SweepException(ExitCode.Usage, "there is no such sweep file", Suggestion(path), path, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SweepException(
                ExitCode.Usage, Directory.Exists(path) ? "this is a folder, not a sweep file" : "the sweep file cannot be read",
                "give the path of a readable YAML file", path, fault);
        }
    }

    /// <summary>What is too large is refused before it is read; a pipe or device, which has no length, once it has said too much.</summary>
    private static byte[] ReadBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.CanSeek && stream.Length > MostBytes)
        {
            throw TooLarge(path, $"{stream.Length / 1e6:0.0} MB");
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var read)
        {
            bytes.Write(buffer.AsSpan(0, read));
            if (bytes.Length > MostBytes)
            {
                throw TooLarge(path, $"more than {MostBytes / 1_000_000} MB");
            }
        }

        return bytes.ToArray();
    }

    private static SweepException TooLarge(string path, string size) => new(
        ExitCode.Usage, $"the sweep file has {size}",
        $"a sweep file has at most {MostBytes / 1_000_000} MB: write long lists as linspace(..), geomspace(..) or "
        + "range(..), or split the sweep", path);

    /// <summary>The text of some bytes; also refuses tabs in indentation, which YAML parsers report far from their place.</summary>
    public static SourceText Decode(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var characters = new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            var before = new string(characters, 0, written);
            var line = before.Count(character => character == '\n') + 1;
            throw new SourceText(path, Encoding.UTF8.GetString(bytes))
                .At(line, before.Length - before.LastIndexOf('\n'))
                .Fault($"the file is not UTF-8: byte 0x{bytes[read]:X2} at offset {read}", "save it as UTF-8");
        }

        return new SourceText(path, new string(characters, 0, written));
    }

    /// <summary>Throws at the first tab that indents.</summary>
    public static void RefuseTabs(SourceText source)
    {
        if (!source.Text.Contains('\t'))
        {
            return;
        }

        var line = 0;
        foreach (var text in source.Text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = text.Length - text.TrimStart().Length;
            if (text[..indentation].IndexOf('\t') is >= 0 and var tab && indentation < text.Length)
            {
                throw source.At(line, tab + 1).Fault("this line is indented with a tab, which YAML forbids", "indent with spaces");
            }
        }
    }

    private static string Suggestion(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        // Equal endings make no two names alike.
        var names = (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.y*ml") : [])
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), file => Path.GetFileName(file));
        return NearestName.Find(Path.GetFileNameWithoutExtension(path), names.Select(name => name.Key)) is { } near
            ? $"did you mean '{Path.Combine(Path.GetDirectoryName(path) ?? "", names[near].First())}'?"
            : "check the path; `sweeper plan <file>` reads any sweep file";
    }
}
