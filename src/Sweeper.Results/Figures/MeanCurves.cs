using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>A metric against the training step: mean over seeds with the 95 % confidence interval of the mean, as small multiples.</summary>
internal sealed class MeanCurves : IFigure
{
    /// <summary>Name of the kind.</summary>
    public const string KindName = "mean_curves";

    // Axes become logarithmic when numbers spread over more than this factor.
    private const double LogFactor = 30;

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public string Doc => "Mean of one metric over seeds against the training step, with the 95 % confidence interval of the mean as a band; one panel for each value of one axis, one colour for each value of another.";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public ImmutableArray<string> Metrics(FigureSpec spec) => [spec.Metric];

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        var parts = data.Parts(spec.Metric);
        if (parts.Count == 0)
        {
            return null;
        }

        var selection = new CurveSelection(data.Plan, parts);
        var layout = PanelLayout.Choose(selection.Dimensions, data.Plan.Axes.Length);
        var cells = Cells(selection, layout);
        var points = data.Curves(spec.Metric, cells.Select(cell => cell.Curve).Distinct());
        var drawn = cells.Select(cell => new DrawnCurve(cell, [.. points[(cell.Curve.Hex, cell.Part)]])).Where(curve => curve.Points.Length > 0).ToList();
        return drawn.Count == 0 ? null : Compose(spec, data.Plan, layout, drawn);
    }

    private static List<PanelCell> Cells(CurveSelection selection, PanelLayout layout)
    {
        var cells = new List<PanelCell>();
        var positions = selection.Dimensions.Select(dimension => dimension.Standard).ToArray();
        foreach (var row in layout.Rows.Values)
        {
            foreach (var column in layout.Columns.Values)
            {
                foreach (var colour in layout.Colours.Values)
                {
                    foreach (var (shown, value) in ((Shown, int)[])[(layout.Rows, row), (layout.Columns, column), (layout.Colours, colour)])
                    {
                        if (shown.Place >= 0)
                        {
                            positions[shown.Place] = value;
                        }
                    }

                    if (selection.At(positions) is { } found)
                    {
                        cells.Add(new PanelCell(row, column, colour, found.Curve, found.Part));
                    }
                }
            }
        }

        return cells;
    }

    private static SmallMultiples Compose(FigureSpec spec, SweepPlan plan, PanelLayout layout, List<DrawnCurve> drawn)
    {
        var metric = spec.Metric.Replace('_', ' ');
        var all = drawn.SelectMany(curve => curve.Points).ToList();
        var isLogX = IsLogSpaced([.. all.Select(point => point.Step).Distinct().Order()]);
        var horizontal = AxisScale.Around(isLogX, all.Select(point => (double)point.Step));
        var colours = Palette.For(layout.Colours.Values.Length, layout.Colours.Dimension?.IsOrdered ?? false);
        var caption = new CurveCaption(isLogX);
        var rows = layout.Rows.Values.Select(row =>
        {
            var inRow = drawn.Where(curve => curve.Cell.Row == row).ToList();
            var vertical = Vertical(inRow);
            return new PanelRow(
                metric + layout.Rows.Qualify(row), vertical,
                [.. layout.Columns.Values.Select(column => layout.Colours.Values
                    .Select((colour, place) => (Curve: inRow.Find(curve => curve.Cell.Column == column && curve.Cell.Colour == colour), Colour: colours[place]))
                    .Where(line => line.Curve is not null)
                    .Select(line => Line(line.Curve!, line.Colour, horizontal, vertical, caption)).ToImmutableArray())]);
        }).ToImmutableArray();
        return new SmallMultiples(
            $"{plan.Name}: {metric}", "training step", horizontal, [.. layout.Columns.Values.Select(layout.Columns.Describe)], rows,
            layout.Colours.Dimension?.Title ?? "",
            layout.Colours.Dimension is null ? [] : [.. layout.Colours.Values.Select((value, place) => new LegendEntry(layout.Colours.Label(value), colours[place]))],
            [.. caption.Sentences, .. layout.Notes], Table(layout, drawn));
    }

    private static CurveLine Line(DrawnCurve curve, Color colour, AxisScale horizontal, AxisScale vertical, CurveCaption caption)
    {
        var kept = new List<CurvePoint>();
        var drops = ImmutableArray.CreateBuilder<int>();
        foreach (var point in curve.Points)
        {
            caption.Count(point);
            if (!double.IsFinite(horizontal.Place(point.Step)))
            {
                continue;
            }

            if (!double.IsFinite(vertical.Place(point.Mean)))
            {
                caption.LeaveOut();
                continue;
            }

            if (kept.Count > 0 && point.Count < kept[^1].Count)
            {
                drops.Add(kept.Count);
            }

            kept.Add(point);
        }

        return new CurveLine(
            colour, [.. kept.Select(point => horizontal.Place(point.Step))], [.. kept.Select(point => vertical.Place(point.Mean))],
            [.. kept.Select(point => Edge(point.Low, point.Mean, vertical, caption))], [.. kept.Select(point => Edge(point.High, point.Mean, vertical, caption))],
            drops.ToImmutable());
    }

    /// <summary>An end of the band: at the mean where there is none, at the end of the axis where it lies beyond.</summary>
    private static double Edge(double end, double mean, AxisScale vertical, CurveCaption caption)
    {
        if (double.IsNaN(end))
        {
            return vertical.Place(mean);
        }

        if (vertical.IsLog && end <= 0)
        {
            caption.CutBand();
            return vertical.Low;
        }

        return Math.Clamp(vertical.Place(end), vertical.Low, vertical.High);
    }

    private static AxisScale Vertical(List<DrawnCurve> curves)
    {
        var points = curves.SelectMany(curve => curve.Points).Where(point => double.IsFinite(point.Mean)).ToList();
        var positive = points.Select(point => point.Mean).Where(mean => mean > 0).ToList();
        var isLog = positive.Count > 0 && positive.Count >= 0.95 * points.Count && positive.Max() > LogFactor * positive.Min();
        // Bands may be far wider than the curves they belong to; on a linear axis they count, on a logarithmic one they are cut.
        return AxisScale.Around(isLog, isLog ? positive : points.SelectMany(point => (double[])[point.Mean, point.Low, point.High]).Where(double.IsFinite));
    }

    private static bool IsLogSpaced(long[] steps) =>
        steps.Length > 2 && steps[^1] > LogFactor * Math.Max(1, steps[0] > 0 ? steps[0] : steps[1]) && steps[steps.Length / 2] < 0.25 * steps[^1];

    private static ResultTable Table(PanelLayout layout, List<DrawnCurve> drawn)
    {
        Shown[] shown = [.. ((Shown[])[layout.Rows, layout.Columns, layout.Colours]).Where(dimension => dimension.Dimension is not null)];
        return new ResultTable(
            [.. shown.Select(dimension => dimension.Dimension!.Name), "curve_id", "step", "n", "n_planned", "n_diverged", "mean", "ci95_lo", "ci95_hi"],
            [.. drawn.SelectMany(curve => curve.Points.Select(point => (object?[])
            [
                .. shown.Select(dimension => dimension.Label(
                    dimension == layout.Rows ? curve.Cell.Row : dimension == layout.Columns ? curve.Cell.Column : curve.Cell.Colour)),
                curve.Cell.Curve.Hex, point.Step, point.Count, point.Planned, point.Diverged, Known(point.Mean), Known(point.Low), Known(point.High),
            ]))]);
    }

    private static double? Known(double number) => double.IsNaN(number) ? null : number;

    private sealed record PanelCell(int Row, int Column, int Colour, CurveId Curve, SeriesPart Part);

    private sealed record DrawnCurve(PanelCell Cell, ImmutableArray<CurvePoint> Points);
}
