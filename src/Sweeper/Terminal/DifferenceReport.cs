using Sweeper.Results.Query;

namespace Sweeper.Terminal;

/// <summary>Paired differences as people read them; a star where the 95 % interval leaves zero out.</summary>
internal static class DifferenceReport
{
    private const int Statistics = 4;

    /// <summary>Writes at most <paramref name="limit"/> rows and says how many more there are.</summary>
    public static void Write(TextWriter output, ResultTable differences, int limit)
    {
        var names = differences.Columns[..^Statistics];
        TextTable.Write(
            output, [.. names, "difference", "95 % interval", "", "pairs"], differences.Rows.Take(limit).Select(row => (string[])
            [
                .. row[..^Statistics].Select(value => value is double number ? Quantity.Number(number) : ResultTable.Text(value)),
                Quantity.Number((double?)row[^4]),
                row[^3] is null ? "" : $"{Quantity.Number((double?)row[^3])} .. {Quantity.Number((double?)row[^2])}",
                row[^3] is double low && row[^2] is double high && (low > 0 || high < 0) ? "*" : "",
                $"{row[^1]}",
            ]));
        if (differences.Rows.Count > limit)
        {
            output.WriteLine($"... and {differences.Rows.Count - limit} more rows (--all)");
        }
    }
}
