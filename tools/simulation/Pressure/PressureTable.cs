namespace Sweeper.Simulation.Pressure;

/// <summary>Results as a Markdown table.</summary>
internal static class PressureTable
{
    private static readonly MarkdownColumn<PressureResult>[] Columns =
    [
        new("rows", result => $"{result.Case.Rows:#,0}"),
        new("runners", result => $"{result.Case.Runners}"),
        new("cores", result => $"{result.Cores}"),
        new("store slower by (ms a block)", result => $"{result.Case.DelayMilliseconds}"),
        new("offered by one runner (rows/s)", result => $"{result.OfferedPerSecond:#,0}"),
        new("committed (rows/s)", result => $"{result.CommittedPerSecond:#,0}"),
        new("committed (rows per second of processor time)", result => $"{result.CommittedPerProcessorSecond:#,0}"),
        new("runners held up", result => $"{100 * result.HeldUp:0} %"),
        new(
            "memory in eighths of the run (MB)", result => $"{string.Join(", ", result.Memory.Select(bytes => bytes / 1_000_000))}",
            IsNumber: false),
        new("second half over second quarter", result => $"{100 * result.Growth:+0;-0;0} %"),
    ];

    /// <summary>One row for each result.</summary>
    public static string Of(IEnumerable<PressureResult> results) => MarkdownTable.Of(results, Columns);
}
