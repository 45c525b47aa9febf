using Sweeper.Core.Measurements;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Segments;

/// <summary>The columns of a segment: one row for every measured number.</summary>
internal sealed class SegmentColumns
{
    private readonly TextColumn trial = new("trial_id");
    private readonly NumberColumn<int> member = new("member");
    private readonly NumberColumn<long> step = new("step");
    private readonly TextColumn source = new("source");
    private readonly TextColumn metric = new("metric");
    private readonly TextColumn split = new("split");
    private readonly TextColumn component = new("component");
    private readonly NumberColumn<int> index = new("index");
    private readonly OptionalColumn<double> value = new("value");

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Column> All => [trial, member, step, source, metric, split, component, index, value];

    /// <summary>Adds the rows of one cell; NaN becomes null.</summary>
    /// <param name="trialIds">By position in the pack.</param>
    /// <param name="atStep">Step of all rows.</param>
    /// <param name="series">Series of all rows.</param>
    /// <param name="atIndex">Index of all rows.</param>
    /// <param name="positions">Trials, in canonical order.</param>
    /// <param name="numbers">Aligned with <paramref name="positions"/>.</param>
    public void Add(
        ReadOnlyMemory<char>[] trialIds, long atStep, SeriesKey series, int atIndex, ReadOnlySpan<int> positions, ReadOnlySpan<double> numbers)
    {
        var ids = trial.Extend(positions.Length);
        for (var i = 0; i < positions.Length; i++)
        {
            ids[i] = trialIds[positions[i]];
            value.Add(numbers[i]);
        }

        member.AddRepeated(series.Member, positions.Length);
        step.AddRepeated(atStep, positions.Length);
        source.AddRepeated(SourceNames.Of(series.Source), positions.Length);
        metric.AddRepeated(series.Metric, positions.Length);
        split.AddRepeated(series.Split, positions.Length);
        component.AddRepeated(series.Component, positions.Length);
        index.AddRepeated(atIndex, positions.Length);
    }
}
