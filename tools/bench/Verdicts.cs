using System.Collections.Immutable;
using Sweeper.Bench.Results;
using Sweeper.Bench.Rows;

namespace Sweeper.Bench;

/// <summary>All bars, met or missed.</summary>
internal static class Verdicts
{
    /// <summary>Of the results of rows.</summary>
    public static ImmutableArray<Verdict> Of(IEnumerable<RowResult> results) =>
        [.. results.SelectMany(result => RowList.All.Single(row => row.Name == result.Row).Bars, (result, bar) => bar.Of(result))];

    /// <summary>As a Markdown table.</summary>
    public static string Table(IEnumerable<Verdict> verdicts) => MarkdownTable.Of(
        verdicts,
        new("row", verdict => $"{verdict.Row}", IsNumber: false),
        new("bar", verdict => $"{verdict.Words}", IsNumber: false),
        new("asked", verdict => $"{verdict.Asked}"),
        new("measured", verdict => $"{verdict.Measured}"),
        new("at 100 % of the multiply-add rate", verdict => $"{verdict.Ceiling}"),
        new("", verdict => $"{(verdict.IsMet ? "met" : "**missed**")}", IsNumber: false));

    /// <summary>Writes them; 1 when one is missed.</summary>
    public static int Write(IEnumerable<RowResult> results)
    {
        var verdicts = Of(results);
        Console.WriteLine(Table(verdicts));
        return verdicts.All(verdict => verdict.IsMet) ? 0 : 1;
    }
}
