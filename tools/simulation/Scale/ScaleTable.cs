namespace Sweeper.Simulation.Scale;

/// <summary>Results as a Markdown table.</summary>
internal static class ScaleTable
{
    private static readonly MarkdownColumn<ScaleResult>[] Columns =
    [
        new("trials", result => $"{result.Case.Trials:#,0}"),
        new("lanes", result => $"{result.Case.Lanes}"),
        new("packs", result => $"{result.Packs:#,0}"),
        new("workers", result => $"{result.Case.Workers:#,0}"),
        new("plan (s)", result => $"{result.PlanSeconds:0.00}"),
        new("first run (s)", result => $"{result.FirstSeconds:0.0}"),
        new("run (s)", result => $"{result.RunSeconds:0.00}"),
        new("ms a trial", result => $"{result.MillisecondsPerTrial:0.000}"),
        new("processor ms a trial", result => $"{1000 * result.ProcessorSeconds / result.Case.Trials:0.000}"),
        new("ms a pack", result => $"{result.MillisecondsPerPack:0.00}"),
        new("bytes allocated a trial", result => $"{result.AllocatedPerTrial:#,0}"),
        new("resume (s)", result => $"{result.ResumeSeconds:0.00}"),
        new("status (s)", result => $"{result.StatusSeconds:0.00}"),
        new("`sweeper status` (s)", result => $"{result.StatusProcessSeconds:0.00}"),
        new("peak memory (MB)", result => $"{result.PeakBytes / 1e6:0}"),
        new("journal (MB)", result => $"{result.JournalBytes / 1e6:0.0}"),
    ];

    /// <summary>One row for each result.</summary>
    public static string Of(IEnumerable<ScaleResult> results) => MarkdownTable.Of(results, Columns);
}
