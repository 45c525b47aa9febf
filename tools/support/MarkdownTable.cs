using System.Text;

namespace Sweeper.Tools;

/// <summary>Tables of the pages that tools write.</summary>
internal static class MarkdownTable
{
    /// <summary>One line for each row, without a newline after the last.</summary>
    public static string Of<T>(IEnumerable<T> rows, params MarkdownColumn<T>[] columns)
    {
        var text = new StringBuilder(Line(columns.Select(column => column.Title)));
        text.Append('\n').Append(Line(columns.Select(column => column.IsNumber ? "---:" : "---")));
        foreach (var row in rows)
        {
            text.Append('\n').Append(Line(columns.Select(column => FormattableString.Invariant(column.Cell(row)))));
        }

        return text.ToString();
    }

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}

/// <summary>A column of such a table.</summary>
/// <param name="Title">Above it, with the unit.</param>
/// <param name="Cell">What stands in a row.</param>
/// <param name="IsNumber">Whether it stands at the right.</param>
internal sealed record MarkdownColumn<T>(string Title, Func<T, FormattableString> Cell, bool IsNumber = true);
