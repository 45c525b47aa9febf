namespace Sweeper.Support;

/// <summary>The fenced blocks of the repository's documentation.</summary>
internal static class Markdown
{
    private const string Fence = "```";

    /// <summary>README.md and everything under docs, relative to the root.</summary>
    public static IEnumerable<string> Files => Repository.Files("docs", "*.md").Prepend("README.md").Order(StringComparer.Ordinal);

    /// <summary>The blocks of a file, in order.</summary>
    public static List<FencedBlock> Blocks(string file)
    {
        var blocks = new List<FencedBlock>();
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, file));
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line].StartsWith(Fence, StringComparison.Ordinal))
            {
                var last = Array.FindIndex(lines, line + 1, text => text.StartsWith(Fence, StringComparison.Ordinal));
                blocks.Add(new FencedBlock($"{file}:{line + 1}", lines[line][Fence.Length..].Trim(), lines[(line + 1)..last]));
                line = last;
            }
        }

        return blocks;
    }

    /// <summary>
    /// The blocks of a file that are the content of a file of the tree: above each stands the path, in backquotes and alone.
    /// </summary>
    public static List<(string Path, FencedBlock Block)> NamedBlocks(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, file));
        return [.. from block in Blocks(file)
                   let fence = int.Parse(block.Place[(file.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) - 1
                   let above = fence < 2 ? "" : lines[fence - 2]
                   where above is ['`', .. var path, '`'] && path.Contains('/', StringComparison.Ordinal)
                       && !path.Contains(' ', StringComparison.Ordinal)
                   select (above[1..^1], block)];
    }
}

/// <summary>A fenced block.</summary>
/// <param name="Place">File and line of its fence.</param>
/// <param name="Info">What follows the fence: `yaml`, `yaml fragment`, `bash`, `sql`, or nothing.</param>
/// <param name="Lines">What stands in it.</param>
internal sealed record FencedBlock(string Place, string Info, string[] Lines)
{
    private const string Prompt = "$ ";

    /// <summary>As one text.</summary>
    public string Text => string.Join('\n', Lines) + "\n";

    /// <summary>Whether it holds what a user types, perhaps with what is answered.</summary>
    public bool IsShell => Info is "" or "bash" or "sh" or "console";

    /// <summary>What is typed in it: its lines, or those after a prompt where there is one; without blank lines and remarks.</summary>
    public IEnumerable<string> Typed => !IsShell ? []
        : Lines.Any(line => line.StartsWith(Prompt, StringComparison.Ordinal))
            ? Lines.Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)).Select(line => line[Prompt.Length..])
            : Lines.Where(line => line.Length > 0 && !line.StartsWith('#'));
}
