using Sweeper.Bench.Results;

namespace Sweeper.Bench;

/// <summary>A row's numbers as a Markdown table.</summary>
internal static class RowTable
{
    /// <summary>One line for each series, and what a reader must know below.</summary>
    public static string Of(RowResult row)
    {
        var table = MarkdownTable.Of(
            row.Series,
            new("", series => $"{series.Name}", IsNumber: false),
            new("median", series => $"{Short(series.Spread.Median)}"),
            new("lowest to highest", series => $"{Short(series.Spread.Lowest)} to {Short(series.Spread.Highest)}"),
            new("unit", series => $"{series.Unit}", IsNumber: false),
            new("of the multiply-add rate", series => $"{Share(row, series)}"));
        string[] below =
        [
            .. row.Peers is null ? [] : (string[])[$"Peers: {row.Peers}, one thread."],
            .. row.Difference is { } difference
                ? [FormattableString.Invariant($"Final losses differ by {difference:0.0e0} at most.")]
                : (string[])[],
            .. row.Losses,
            .. row.Remark is null ? [] : (string[])[row.Remark],
            .. row.Void is null ? [] : (string[])[$"**Void**: {row.Void}."],
        ];
        return string.Join('\n', [table, "", .. below]);
    }

    /// <summary>Three digits, or the whole number.</summary>
    public static string Short(double value) => FormattableString.Invariant(
        $"{(Math.Abs(value) >= 100 ? Math.Round(value) : value):G3}") is var text && text.Contains('E', StringComparison.Ordinal)
        ? FormattableString.Invariant($"{value:#,0}")
        : text;

    private static string Share(RowResult row, Series series) =>
        series.Unit.StartsWith("us a lane-step", StringComparison.Ordinal) && row.ShareOfRate(series.Name) is { } share
        ? FormattableString.Invariant($"{100 * share:0} %")
        : "";
}
