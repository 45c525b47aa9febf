using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using Color = ScottPlot.Color;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class Histogram : IFigure
{
    /// <summary>Bins of the range where the figure names no width.</summary>
    private const int UsualBins = 30;

    private const string Dashes = "Dashed bars: predicted values that stand alone, as high as their number (1 for a spike).";

    private static readonly Color Grey = Color.FromHex("#555555");

    /// <inheritdoc/>
    public string Kind => "histogram";

    /// <inheritdoc/>
    public string Doc =>
        "How many values of a metric (over its index: singular values) lie in each bin of width `bin` at the last measurement, mean over "
        + "seeds. Dashed: the density of predicted values, and a bar as high as their number at those that stand alone (1 for a spike).";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Bin;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        var preference = new LayoutPreference(
            X: ["index"], Colours: [Axis, "component"], Columns: [Axis, "split", "member"], Rows: [Axis, "split"]);
        if (Drawn.Read(spec, data, preference, new Reduction.Final()) is not { } drawn)
        {
            return null;
        }

        var layout = drawn.Layout;
        var colours = Palette.For(layout.Colours.Values.Length, layout.Colours.Dimension?.IsOrdered ?? false);
        var single = data.Seeds(
            spec.Metric, [.. data.Plan.Seeds],
            [.. drawn.Series.SelectMany(series => series.Points).Select(placed => placed.Cell.Selected.Curve).Distinct()]);
        var values = drawn.Series.ToDictionary(series => series, series => series.Points
            .SelectMany(placed =>
                single[placed.Cell.Selected.Key].Where(point => point.Step == placed.Point.Step && double.IsFinite(point.Value))).ToList());
        var all = values.Values.SelectMany(points => points).Select(point => point.Value).ToList();
        if (all.Count == 0)
        {
            return null;
        }

        var bins = new Bins(spec.Bin ?? Bins.Suitable((all.Max() - all.Min()) / UsualBins));
        var lines = drawn.Series.Select(series => (series.Cell, Lines: LinesOf(series).ToImmutableArray())).ToList();
        var drawnLines = lines.SelectMany(one => one.Lines).ToList();
        var horizontal = AxisScale.Around(false, drawnLines.SelectMany(line => line.Xs));
        var vertical = AxisScale.Around(false, drawnLines.SelectMany(line => line.Means)) with { Low = 0 };
        var words = FigureWords.Of(data.Plan, spec, drawn);
        var caption = new CurveCaption(isCurve: false, horizontal, drawn.IsComplete, what: "Histogram");
        drawn.Series.SelectMany(series => series.Points).ToList().ForEach(placed => caption.Count(1, placed.Point));
        var theory = drawn.Series.Any(series => !series.Theory.IsEmpty) ? data.Theory?.LabelOf(spec.Metric) : null;
        return new SmallMultiples(
            words.Title, words.Label, horizontal, [.. layout.Columns.Values.Select(layout.Columns.Describe)],
            [.. layout.Rows.Values.Select(row => new PanelRow(
                $"number per bin of {NumberLabel.Of(bins.Width)}{layout.Rows.Qualify(row)}", vertical,
                [.. layout.Columns.Values.Select(column => new Panel(
                    [.. lines.Where(one => one.Cell.Row == row && one.Cell.Column == column).SelectMany(one => one.Lines)], []))])
                { BriefLabel = layout.Rows.Dimension is null ? "number per bin" : layout.Rows.Describe(row) })],
            layout.Colours.Dimension?.Title ?? "",
            [
                .. layout.Colours.Dimension is { } told
                    ? layout.Colours.Values.Select((value, place) => new LegendEntry(told.Labels[value], colours[place]))
                    : [],
                .. theory is null ? (LegendEntry[])[] : [new LegendEntry(theory.Name, Grey, LineStyle.Theory)],
            ],
            [
                .. caption.Sentences, .. theory is null ? (string[])[] : [$"Dashed: {theory.Assumption} {Dashes}"],
                .. drawn.Unpredicted is { } unpredicted ? (string[])[unpredicted] : [], .. layout.Notes,
            ],
            DrawnTable.Of(data.Plan, drawn));

        IEnumerable<CurveLine> LinesOf(DrawnSeries series)
        {
            var colour = colours[layout.Colours.Values.IndexOf(series.Cell.Colour)];
            var (xs, counts) = bins.Outline(
                [.. values[series].Select(point => point.Value)], values[series].Select(point => point.Seed).Distinct().Count());
            yield return new CurveLine(LineStyle.Mean, colour, xs, counts, new double[xs.Length], counts, []);
            foreach (var (x, y) in Predicted(series))
            {
                yield return CurveLine.Bare(LineStyle.Theory, Grey, x, y);
            }
        }

        // A figure of some of the values has no density: it is of all.
        IEnumerable<(double[] Xs, double[] Ys)> Predicted(DrawnSeries series) =>
            !series.Theory.IsEmpty && data.Theory?.DensityOf(series.Cell.Selected.Point, spec.Metric) is { } density
            && density.Count == series.Theory.Length
                ? Bins.Bars(density.Alone).Prepend(bins.Density(density))
                : Bins.Bars(series.Theory.Select(placed => placed.Point.Mean).Where(double.IsFinite));
    }
}
