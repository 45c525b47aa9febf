using Sweeper.Core.Measurements;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Segments;

/// <summary>The columns of a segment: one row for every measured number.</summary>
internal sealed class SegmentColumns
{
    private readonly RowRuns rows = new();
    private readonly OptionalColumn<double> value = new("value");

    /// <param name="trialIds">By position in the pack.</param>
    public SegmentColumns(ReadOnlyMemory<char>[] trialIds) => All =
    [
        new RunColumn<ReadOnlyMemory<char>>("trial_id", rows, (rows, ids) => Name(trialIds, rows.Trials, ids)),
        Shared("member", run => run.Series.Member),
        Shared("step", run => run.Step),
        Shared("source", run => SourceNames.Of(run.Series.Source).AsMemory()),
        Shared("metric", run => run.Series.Metric.AsMemory()),
        Shared("split", run => run.Series.Split.AsMemory()),
        Shared("component", run => run.Series.Component.AsMemory()),
        Shared("index", run => run.Index),
        value,
    ];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Column> All { get; }

    /// <summary>Adds the rows of one cell; NaN becomes null.</summary>
    /// <param name="step">Step of all rows.</param>
    /// <param name="series">Series of all rows.</param>
    /// <param name="index">Index of all rows.</param>
    /// <param name="positions">Trials, in canonical order.</param>
    /// <param name="numbers">Aligned with <paramref name="positions"/>.</param>
    public void Add(long step, SeriesKey series, int index, ReadOnlySpan<int> positions, ReadOnlySpan<double> numbers)
    {
        rows.Add(step, series, index, positions);
        foreach (var number in numbers)
        {
            value.Add(number);
        }
    }

    private RunColumn<T> Shared<T>(string name, Func<RowRun, T> valueOf)
        where T : struct => new(name, rows, (rows, column) => rows.Fill(column, valueOf));

    private static void Name(ReadOnlyMemory<char>[] trialIds, ReadOnlySpan<int> trials, Span<ReadOnlyMemory<char>> ids)
    {
        for (var row = 0; row < trials.Length; row++)
        {
            ids[row] = trialIds[trials[row]];
        }
    }
}
