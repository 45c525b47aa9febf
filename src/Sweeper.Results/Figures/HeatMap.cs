using ScottPlot;
using Sweeper.Core.Sweeps;
using static Sweeper.Results.Figures.LayoutPreference;

namespace Sweeper.Results.Figures;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class HeatMap : IFigure
{
    // Tiles of one shade are painted as one: smaller files, and no seams.
    private const int Shades = 64;
    private const int MostLabels = 16;

    /// <inheritdoc/>
    public string Kind => "heat_map";

    /// <inheritdoc/>
    public string Doc => "A metric of every layer (or pair of networks) over training: layers from top to bottom by depth, steps from left to right, the mean over seeds as colour.";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => shape is { Components: > 1, Indices: 1, Steps: > 1 } ? 3 : 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        // Each layer is a "colour" of the layout: all of them are wanted, from top to bottom.
        var preference = new LayoutPreference(X: [], Colours: ["component", "index"], Columns: [Axis, "split", "member"], Rows: [Axis, "split"]) { MostColours = int.MaxValue };
        if (Drawn.Read(spec with { Seeds = false }, data, preference, isFinal: false) is not { } drawn)
        {
            return null;
        }

        var layout = drawn.Layout;
        var points = drawn.Series.SelectMany(series => series.Points).ToList();
        var horizontal = AxisScale.OfSteps(points.Select(point => point.X), spec.LogX);
        var caption = new CurveCaption(isCurve: true, horizontal, drawn.IsComplete, what: "Colours");
        points.ForEach(point => caption.Count(point.X, point.Point));
        var values = points.Select(point => point.Point.Mean).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var bar = new ColourBar(values.Min(), values.Max());
        var count = layout.Colours.Values.Length;
        var layers = AxisScale.Words([.. layout.Colours.Values.Reverse().Select(layout.Colours.Label)], every: (count + MostLabels - 1) / MostLabels);
        var dimension = layout.Colours.Dimension;
        var rowName = dimension is not { Name: "component" } ? dimension?.Title ?? ""
            : dimension.Labels.All(IsLayer) ? "layer" : data.Plan.Experiment.ComponentNameOf(spec.Metric);
        double[] steps = [.. points.Select(point => horizontal.Place(point.X)).Where(double.IsFinite).Distinct().Order()];
        // A single step is a column of its own.
        horizontal = steps.Length > 1 ? horizontal with { Low = steps[0], High = steps[^1] }
            : horizontal with { Low = steps[0] - 0.5, High = steps[0] + 0.5, Ticks = [new Tick(steps[0], NumberLabel.Of(points[0].X))] };
        return new SmallMultiples(
            $"{data.Plan.Name}: {spec.Metric.Replace('_', ' ')}", "training step", horizontal,
            [.. layout.Columns.Values.Select(layout.Columns.Describe)],
            [.. layout.Rows.Values.Select(row => new PanelRow(
                rowName + layout.Rows.Qualify(row), layers,
                [.. layout.Columns.Values.Select(column => new Panel(
                    [], [.. drawn.Series.Where(series => series.Cell.Row == row && series.Cell.Column == column)
                        .SelectMany(series => Tiles(series, count - 1 - layout.Colours.Values.IndexOf(series.Cell.Colour), horizontal, bar))]))]))],
            spec.Metric.Replace('_', ' '), [], [.. caption.Sentences, .. layout.Notes], DrawnTable.Of(data.Plan, drawn))
        {
            Bar = bar,
        };
    }

    private static bool IsLayer(string component) => component is ['W', .. var number] && number.All(char.IsAsciiDigit);

    /// <summary>One row: every step's colour reaches half-way to its neighbours.</summary>
    private static IEnumerable<HeatTile> Tiles(DrawnSeries series, int place, AxisScale horizontal, ColourBar bar)
    {
        var edges = series.Points.Select(point => (Place: horizontal.Place(point.X), point.Point.Mean)).Where(point => double.IsFinite(point.Place)).ToList();
        HeatTile? last = null;
        for (var i = 0; i < edges.Count; i++)
        {
            var left = edges.Count == 1 ? horizontal.Low : i == 0 ? edges[0].Place : (edges[i - 1].Place + edges[i].Place) / 2;
            var right = edges.Count == 1 ? horizontal.High : i == edges.Count - 1 ? edges[i].Place : (edges[i].Place + edges[i + 1].Place) / 2;
            if (double.IsFinite(edges[i].Mean) && Palette.Shade(bar, edges[i].Mean, Shades) is var colour)
            {
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
        }

        if (last is not null)
        {
            yield return last;
        }
    }
}
