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

    /// <summary>Adds a row; NaN becomes null.</summary>
    public void Add(string trialId, long atStep, SeriesKey series, string sourceName, int atIndex, double number)
    {
        trial.Add(trialId);
        member.Add(series.Member);
        step.Add(atStep);
        source.Add(sourceName);
        metric.Add(series.Metric);
        split.Add(series.Split);
        component.Add(series.Component);
        index.Add(atIndex);
        value.Add(number);
    }
}
