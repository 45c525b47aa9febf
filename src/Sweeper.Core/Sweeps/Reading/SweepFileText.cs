using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Sweeper.Core.Errors;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Gets the text of a sweep file, or says why it cannot be had.</summary>
internal static class SweepFileText
{
    /// <summary>Reads UTF-8, with or without a byte order mark.</summary>
    public static SourceText Load(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(path), path);
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
        var names = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.y*ml").Select(file => Path.GetFileName(file)) : [];
        return NearestName.Find(Path.GetFileName(path), names) is { } near
            ? $"did you mean '{Path.Combine(Path.GetDirectoryName(path) ?? "", near)}'?"
            : "check the path; `sweeper plan <file>` reads any sweep file";
    }
}
