using Sweeper.Core.Measurements;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Curves;

/// <summary>The columns that say what a derived number is: source, metric, split, component, index, member.</summary>
internal sealed class SeriesColumns
{
    private readonly TextColumn source = new("source");
    private readonly TextColumn metric = new("metric");
    private readonly TextColumn split = new("split");
    private readonly TextColumn component = new("component");
    private readonly NumberColumn<int> index = new("index");
    private readonly NumberColumn<int> member = new("member");

    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<Column> All => [source, metric, split, component, index, member];

    /// <summary>Adds a row.</summary>
    public void Add(SeriesKey series, int atIndex)
    {
        source.Add(SourceNames.Of(series.Source));
        metric.Add(series.Metric);
        split.Add(series.Split);
        component.Add(series.Component);
        index.Add(atIndex);
        member.Add(series.Member);
    }
}
