using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class HeatMap : IFigure
{
    private const int MostLabels = 16;

    /// <inheritdoc/>
    public string Kind => "heat_map";

    /// <inheritdoc/>
    public string Doc =>
        "The mean over seeds as colour. A metric of every layer (or pair of networks) over training, layers from top to bottom by depth, "
        + "steps from left to right; or one number of every trial (`reduce`) against an axis `x`, layers or another axis `y` upwards. One "
        + "colour scale, or one for each value of `scale_by`.";

    /// <inheritdoc/>
    public int Version => 8;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source | FigureKey.X | FigureKey.Y | FigureKey.Reduce | FigureKey.ScaleBy;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => shape is { Components: > 1, Indices: 1, Steps: > 1, AreLines: false } ? 3 : 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        // What lies upwards is the "colours" of the layout: all of them are wanted.
        spec = spec with { Seeds = false, Colour = spec.Y ?? spec.Colour };
        var reduction = spec.X is null && spec.Reduce is null ? null : spec.Reduce ?? new Reduction.Final();
        var preference = new LayoutPreference(
            X: reduction is null ? [] : [Axis], Colours: ["component", "index", Axis], Columns: [Axis, "split", "member"],
            Rows: [Axis, "split"]) { MostColours = int.MaxValue };
        if (Drawn.Read(spec, data, preference, reduction) is not { } drawn || (reduction is not null && drawn.Layout.X.Dimension is null))
        {
            return null;
        }

        var layout = drawn.Layout;
        var points = drawn.Series.SelectMany(series => series.Points).ToList();
        var (horizontal, edges) = layout.X.Dimension is { } along ? TileEdges.OfDimension(along, spec.LogX) : TileEdges.OfSteps(
            [.. points.Select(point => point.X)], spec.LogX);
        var caption = new CurveCaption(isCurve: reduction is null, horizontal, drawn.IsComplete, what: "Colours")
        {
            Reduction = reduction, Instead = CurveCaption.OfSource(spec, data, "Colours"),
        };
        points.ForEach(point => caption.Count(point.X, point.Point));
        var scales = ColourScales.Of(spec, drawn);
        var upwards = Upwards(layout.Colours);
        var words = FigureWords.Of(data.Plan, spec, drawn);
        var vertical = AxisScale.Words([.. upwards.Select(layout.Colours.Label)], every: (upwards.Length + MostLabels - 1) / MostLabels);
        return new SmallMultiples(
            words.Title, layout.X.Dimension?.Title ?? "training step", horizontal,
            [.. layout.Columns.Values.Select(layout.Columns.Describe)],
            [.. layout.Rows.Values.Select(row => new PanelRow(
                RowName(data, spec, layout) + layout.Rows.Qualify(row), vertical,
                [.. layout.Columns.Values.Select(column => new Panel([],
                    [.. drawn.Series.Where(series => series.Cell.Row == row && series.Cell.Column == column)
                        .SelectMany(series => Tiles(series, upwards.IndexOf(series.Cell.Colour), edges, scales))]))])
                { BriefLabel = layout.Rows.Dimension is null ? RowName(data, spec, layout) : layout.Rows.Describe(row) })],
            words.Label, [],
            [
                .. caption.Sentences,
                .. spec.Source != MeasurementSource.Run && drawn.Unpredicted is { } unpredicted ? (string[])[unpredicted] : [],
                .. layout.Notes,
            ],
            DrawnTable.Of(data.Plan, drawn))
        {
            Bars = scales.Bars,
        };
    }

    /// <summary>Values of an axis ascend, layers and words stand from top to bottom.</summary>
    private static ImmutableArray<int> Upwards(Shown shown) =>
        shown.Dimension is { IsAxis: true, IsOrdered: true } ? shown.Values : [.. shown.Values.Reverse()];

    private static string RowName(FigureData data, FigureSpec spec, PanelLayout layout) =>
        layout.Colours.Dimension is not { } dimension ? ""
            : dimension.Name != "component" ? dimension.Title
            : dimension.Labels.All(IsLayer) ? "layer" : data.Plan.Experiment.ComponentNameOf(spec.Metric);

    private static bool IsLayer(string component) => component is ['W', .. var number] && number.All(char.IsAsciiDigit);

    /// <summary>One row of tiles; neighbours of one colour are painted as one: smaller files, and no seams.</summary>
    private static IEnumerable<HeatTile> Tiles(DrawnSeries series, int place, TileEdges edges, ColourScales scales)
    {
        HeatTile? last = null;
        foreach (var (left, right, placed) in edges.Around(series.Points).Where(tile => double.IsFinite(tile.Placed.Point.Mean)))
        {
            var colour = scales.Shade(placed);
            if (last is not null && last.Colour == colour && last.Right == left)
            {
                last = last with { Right = right };
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = new HeatTile(left, right, place - 0.5, place + 0.5, colour);
        }

        if (last is not null)
        {
            yield return last;
        }
    }
}
