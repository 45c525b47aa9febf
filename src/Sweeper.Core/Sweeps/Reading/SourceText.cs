namespace Sweeper.Core.Sweeps.Reading;

/// <summary>A text that values are read from: a sweep file, or an argument of the command line.</summary>
/// <param name="Name">Path as the user gave it, or the option (`--set`).</param>
/// <param name="Text">Its content.</param>
/// <param name="IsArgument">Whether it is an argument: one line, shown whole, without line and column.</param>
internal sealed record SourceText(string Name, string Text, bool IsArgument = false)
{
    private const int Window = 100;
    private string[]? lines;

    /// <summary>A place in it; both numbers count from 1, columns in UTF-16 units. Behind the last line of an argument: its end.</summary>
    public SourcePlace At(long line, long column) => IsArgument && line > Text.AsSpan().Count('\n') + 1
        ? new(this, Text.AsSpan().Count('\n') + 1, Text.Length - Text.LastIndexOf('\n'))
        : new(this, (int)Math.Max(1, line), (int)Math.Max(1, column));

    /// <summary>A line without its end; empty after the last one.</summary>
    public string Line(int line)
    {
        lines ??= Text.Split('\n');
        return line <= lines.Length ? lines[line - 1].TrimEnd('\r') : "";
    }

    /// <summary>The line and, beneath, a caret under the column; of a long line only the part around the caret.</summary>
    internal string Show(int line, int column)
    {
        var shown = Line(line).Replace('\t', ' ');
        var caret = column - 1;
        if (IsArgument)
        {
            shown = $"{Name} {shown}";
            caret += Name.Length + 1;
        }

        var start = Math.Max(0, Math.Min(caret - Window / 2, shown.Length - Window));
        var part = shown.Substring(start, Math.Min(Window, shown.Length - start));
        var source = $"  {part}\n  {new string(' ', caret - start)}^";
        return IsArgument ? source : $"{Name}:{line}:{column}\n{source}";
    }
}
