using System.Collections.Immutable;
using Sweeper.Bench.Results;
using Sweeper.Bench.Rows;

namespace Sweeper.Bench;

/// <summary>The words around the tables of docs/measured/performance.md.</summary>
internal static class PageText
{
    /// <summary>The whole page.</summary>
    public static string Of(ImmutableArray<RowResult> results) => $"""
        # Performance

        How fast Sweeper trains and measures, against PyTorch and against what the processor can do. Written by

        ```
        dotnet run -c Release --project tools/bench -- page
        ```

        on {string.Join(" and ", results.Select(result => result.Machine).Distinct())}, at commit {string.Join(", ", results.Select(result => result.Commit).Distinct())};
        peers: {string.Join("; ", results.Select(result => result.Peers).OfType<string>().Distinct())}. `sweeper bench` tells in a minute what another machine does.

        Each row is a process of its own on one core, or on two where it says so. It measures all sides in turn, round by round, five rounds
        where nothing else is said; a table has the medians, and below it stands from where to where they went. *multiply-add rate* is what this core does with
        numbers that never leave its registers, float32, in the same rounds; *of the multiply-add rate* is the share of it that training reaches, counted in the multiplications
        and additions of its matrix products only. Ratios are taken round by round. Sweeper is measured on the way that a sweep goes (a
        pack, its runner, its measurements), neither the first steps nor the last measurement counted. It is `{Measuring.Engines.Torch}` where a sweep says `--engine torch`, and the other engine
        where it says nothing. Peers are PyTorch as an expert writes it: *eager* is one network at a time with modules, autograd and
        `torch.optim`; *packed* is all of them as one program of `bmm`; *vmapped* is `vmap` of one network's gradient (functorch, where PyTorch has no `torch.func` yet).
        All sides begin with the same weights and see the same data in the same order, and their final losses must agree to one part in a
        thousand; a row is void where they do not, or where a peer multiplies with the reference BLAS.

        ## Training

        Microseconds a step of one network, on one core; the ratio and the share are of the engine that a sweep takes.

        {Training(results)}

        ## Bars

        {Verdicts.Table(Verdicts.Of(results))}

        ## All rows

        {string.Join("\n\n", results.Select(Section))}

        """;

    private static string Training(IEnumerable<RowResult> results) => MarkdownTable.Of(
        results.Where(result => RowOf(result) is TrainingRow),
        new("network", result => $"{RowOf(result).Words}", IsNumber: false),
        new("eager", result => $"{Median(result, "eager")}"),
        new("packed", result => $"{Median(result, "packed")}"),
        new("vmapped", result => $"{Median(result, "vmapped")}"),
        new("Sweeper, torch", result => $"{Median(result, Measuring.Engines.Torch)}"),
        new("Sweeper", result => $"{Median(result, result.Own)}"),
        new("times eager", result => $"{result.Ratio("eager", result.Own):0.0}"),
        new("of the multiply-add rate", result => $"{100 * result.ShareOfRate(result.Own):0} %"));

    private static string Section(RowResult result) => $"### {RowOf(result).Name}: {RowOf(result).Words}\n\n{RowTable.Of(result)}";

    private static string Median(RowResult result, string series) =>
        result.Of(series) is { } found ? RowTable.Short(found.Spread.Median) : "";

    private static Row RowOf(RowResult result) => RowList.All.Single(row => row.Name == result.Row);
}
