using Sweeper.Core.Measurements;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Segments;

/// <summary>
/// The rows of a segment that are not written yet, as runs: what the rows of one cell share is held once. Columns are filled from
/// it one after the other, so that a draft needs some bytes a row, however many words a row has.
/// </summary>
internal sealed class RowRuns
{
    private readonly Buffer<RowRun> runs = new();
    private readonly Buffer<int> trials = new();

    /// <summary>Number of rows.</summary>
    public int Count => trials.Count;

    /// <summary>Position of every row's trial.</summary>
    public ReadOnlySpan<int> Trials => trials.Span;

    /// <summary>Adds the rows of one cell.</summary>
    public void Add(long step, SeriesKey series, int index, ReadOnlySpan<int> positions)
    {
        runs.Add(new RowRun(step, series, index, positions.Length));
        positions.CopyTo(trials.Extend(positions.Length));
    }

    /// <summary>Writes a value of each run to all of its rows.</summary>
    public void Fill<T>(Span<T> rows, Func<RowRun, T> valueOf)
    {
        foreach (var run in runs.Span)
        {
            rows[..run.Count].Fill(valueOf(run));
            rows = rows[run.Count..];
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        runs.Clear();
        trials.Clear();
    }
}

/// <summary>Neighbouring rows that differ in trial and value only.</summary>
internal readonly record struct RowRun(long Step, SeriesKey Series, int Index, int Count);
