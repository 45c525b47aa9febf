using System.Globalization;

namespace Sweeper.Terminal;

/// <summary>Plain text tables: columns padded, numbers to the right, the last column free.</summary>
internal static class TextTable
{
    /// <summary>Writes a header, a rule and the rows.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToList();
        var widths = header.Select((title, column) => all.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var numeric = header.Select((_, column) => all.Count > 0 && all.All(row => IsNumber(row[column]))).ToArray();
        WriteRow(output, header, widths, numeric);
        output.WriteLine(string.Join("  ", widths.Select(width => new string('-', Math.Min(width, 60)))));
        foreach (var row in all)
        {
            WriteRow(output, row, widths, numeric);
        }
    }

    private static void WriteRow(TextWriter output, IReadOnlyList<string> cells, int[] widths, bool[] numeric) =>
        output.WriteLine(string.Join("  ", cells.Select((cell, column) =>
            numeric[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());

    private static bool IsNumber(string cell) => cell.Length == 0 || double.TryParse(cell, CultureInfo.InvariantCulture, out _);
}
