using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class Scatter : IFigure
{
    /// <inheritdoc/>
    public string Kind => "scatter";

    /// <inheritdoc/>
    public string Doc =>
        "The last measurement of a metric whose components `group: part` are coordinates of points: the first part to the right, the "
        + "second upwards, one point for each index, of one network (the first seed), one colour for each group. With a single part, "
        + "against the index.";

    /// <inheritdoc/>
    public int Version => 6;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        var preference = new LayoutPreference(
            X: ["index"], Colours: ["component"], Columns: [Axis, "split", "member"], Rows: [Axis, "split"]) { MostColours = int.MaxValue };
        if (Drawn.ReadOneSeed(spec, data, preference, new Reduction.Final()) is not { } drawn)
        {
            return null;
        }

        var layout = drawn.Layout;
        var names = drawn.Series.ToDictionary(series => series, series => ComponentName.Of(series.Cell.Selected.Part));
        string[] groups = [.. names.Values.Select(name => name.Group).Distinct().Order(StringComparer.Ordinal)],
            parts = [.. names.Values.Select(name => name.Part).Distinct().Take(2)];
        var colours = Palette.For(groups.Length, isOrdered: false);
        var shown = drawn with { Series = [.. drawn.Series.Where(series => parts.Contains(names[series].Part))] };
        var clouds = shown.Series.GroupBy(series => (series.Cell.Row, series.Cell.Column, names[series].Group))
            .Select(cloud => (cloud.Key, Line: Cloud([.. cloud]))).ToList();
        var horizontal = AxisScale.Around(false, clouds.SelectMany(cloud => cloud.Line.Xs));
        var caption = new CurveCaption(isCurve: false, horizontal, drawn.IsComplete, what: "Points") { OneSeed = drawn.OneSeed };
        shown.Series.SelectMany(series => series.Points).ToList().ForEach(placed => caption.Count(1, placed.Point));
        var vertical = AxisScale.Around(false, clouds.SelectMany(cloud => cloud.Line.Means));
        return new SmallMultiples(
            FigureWords.Of(data.Plan, spec, drawn).Title, parts.Length > 1 ? parts[0] : data.Plan.Experiment.IndexNameOf(spec.Metric),
            horizontal,
            [.. layout.Columns.Values.Select(layout.Columns.Describe)],
            [.. layout.Rows.Values.Select(row => new PanelRow(
                parts[^1] + layout.Rows.Qualify(row), vertical,
                [.. layout.Columns.Values.Select(column => new Panel(
                    [.. clouds.Where(cloud => cloud.Key.Row == row && cloud.Key.Column == column).Select(cloud => cloud.Line)], []))]))],
            "", groups.Length > 1 ? [.. groups.Zip(colours, (group, colour) => new LegendEntry(group, colour))] : [],
            [.. caption.Sentences, .. layout.Notes], DrawnTable.Of(data.Plan, shown));

        CurveLine Cloud(DrawnSeries[] coordinates) => CurveLine.Bare(
            LineStyle.SeedDots, colours[Array.IndexOf(groups, names[coordinates[0]].Group)],
            [.. coordinates.Length > 1
                ? Numbers(coordinates.First(series => names[series].Part == parts[0]))
                : coordinates[0].Points.Select(placed => placed.X)],
            [.. Numbers(coordinates.First(series => names[series].Part == parts[^1] || coordinates.Length == 1))]);
    }

    private static IEnumerable<double> Numbers(DrawnSeries series) => series.Points.Select(placed => placed.Point.Mean);
}
