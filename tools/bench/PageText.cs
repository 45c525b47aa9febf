using System.Collections.Immutable;
using Sweeper.Bench.Results;
using Sweeper.Bench.Rows;

namespace Sweeper.Bench;

/// <summary>The words around the tables of docs/performance.md.</summary>
internal static class PageText
{
    /// <summary>The whole page.</summary>
    public static string Of(ImmutableArray<RowResult> results) => $"""
        # Performance

        {string.Join("\n\n", results.Select(result => $"## {RowList.All.Single(row => row.Name == result.Row).Words}\n\n{RowTable.Of(result)}"))}

        ## Bars

        {Verdicts.Table(Verdicts.Of(results))}

        """;
}
