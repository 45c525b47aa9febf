using ScottPlot;
using SkiaSharp;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using LineStyle = Sweeper.Results.Figures.Layout.LineStyle;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>Paints one pair of axes with its lines, points and tiles.</summary>
internal static class PanelPainter
{
    private const float LabelSize = 14;
    private const float TickSize = 12;
    private const float MarkSize = 10;

    // The font's digits stand above the middle of its line.
    private const float LabelDrop = 3;
    /// <summary>Points of a curve that would touch one another: they are drawn smaller, so that a prediction shows between them.</summary>
    private const int Crowd = 40;

    private static readonly Color Grid = Color.FromHex("#E6E6E6");

    /// <summary>Paints.</summary>
    /// <param name="canvas">Onto what.</param>
    /// <param name="place">The panel with its margins.</param>
    /// <param name="padding">The margins.</param>
    /// <param name="content">Lines or tiles.</param>
    /// <param name="horizontal">The horizontal axis.</param>
    /// <param name="vertical">The vertical axis.</param>
    public static void Paint(
        SKCanvas canvas, PixelRect place, PixelPadding padding, Panel content, PanelAxis horizontal, PanelAxis vertical)
    {
        var plot = new Plot();
        foreach (var tile in content.Tiles)
        {
            var rectangle = plot.Add.Rectangle(tile.Left, tile.Right, tile.Bottom, tile.Top);
            rectangle.FillColor = tile.Colour;
            rectangle.LineWidth = 0;
        }

        var lines = content.Lines.Where(line => line.Xs.Length > 0).ToList();
        // All bands first: no line hides under a neighbour's band.
        lines.Where(HasBand).ToList().ForEach(line => AddBand(plot, line));
        lines.ForEach(line => AddLine(plot, line));
        lines.ForEach(line => AddMark(plot, line));
        plot.Axes.SetLimits(horizontal.Scale.Low, horizontal.Scale.High, vertical.Scale.Low, vertical.Scale.High);
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = content.Tiles.IsEmpty ? Grid : Colors.Transparent;
        Describe(plot.Axes.Bottom, horizontal);
        Describe(plot.Axes.Left, vertical);
        plot.Axes.Left.TickLabelStyle.OffsetY = LabelDrop;
        plot.Layout.Fixed(padding);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Render(canvas, place);
    }

    /// <summary>Lengths of strokes and gaps; null for a solid line.</summary>
    public static float[]? Dashes(LineStyle style) => style switch
    {
        LineStyle.Theory => [6, 4],
        LineStyle.Level => [1.5f, 3],
        _ => null,
    };

    private static void Describe(IAxis axis, PanelAxis said)
    {
        axis.TickGenerator = AxisTicks.For(said.Scale, said.IsLabelled);
        axis.TickLabelStyle.FontSize = TickSize;
        axis.Label.FontSize = LabelSize;
        axis.Label.Bold = false;
        axis.Label.Text = said.IsLabelled ? said.Label : "";
    }

    /// <summary>One point alone has a bar: a band would have no width.</summary>
    private static bool HasBand(CurveLine line) => line.Style == LineStyle.Mean || (line.Style == LineStyle.Points && line.Xs.Length > 1);

    private static void AddMark(Plot plot, CurveLine line)
    {
        if (line.Mark is { } place)
        {
            plot.Add.Marker(line.Xs[place], line.Means[place], MarkerShape.FilledDiamond, MarkSize + 4, Colors.White);
            plot.Add.Marker(line.Xs[place], line.Means[place], MarkerShape.FilledDiamond, MarkSize, line.Colour);
        }
    }

    private static void AddBand(Plot plot, CurveLine line)
    {
        var band = plot.Add.FillY(line.Xs, line.Low, line.High);
        band.FillColor = line.Colour.WithAlpha(0.18);
        band.LineWidth = 0;
        band.MarkerStyle.IsVisible = false;
    }

    private static void AddLine(Plot plot, CurveLine line)
    {
        var (width, dot) = line.Style switch
        {
            LineStyle.Mean => (1.8f, line.Xs.Length == 1 ? 5f : 0),
            LineStyle.Points => (1.2f, line.Xs.Length > Crowd ? 3f : 7f),
            LineStyle.Loose => (0f, 8f),
            LineStyle.Seed => (0.7f, 0f),
            LineStyle.SeedDots => (0f, 4f),
            LineStyle.Theory => (1.6f, 0f),
            _ => (1.1f, 0f),
        };
        if (line.Style is LineStyle.Points or LineStyle.Loose && !HasBand(line))
        {
            AddBars(plot, line);
        }

        var drawn = plot.Add.Scatter(line.Xs, line.Means, line.Colour);
        drawn.LineWidth = width;
        drawn.MarkerStyle = dot > 0 ? new MarkerStyle(MarkerShape.FilledCircle, dot, line.Colour) : MarkerStyle.None;
        if (Dashes(line.Style) is { } dashes)
        {
            drawn.LinePattern = new LinePattern(dashes, 0, line.Style.ToString());
            plot.Add.Plottable(new SolidPaint());
        }

        if (line.Drops.Length > 0)
        {
            plot.Add.Markers(
                line.Drops.Select(place => line.Xs[place]).ToArray(), line.Drops.Select(place => line.Means[place]).ToArray(),
                MarkerShape.OpenCircle, 7 + dot, line.Colour);
        }
    }

    private static void AddBars(Plot plot, CurveLine line)
    {
        for (var i = 0; i < line.Xs.Length; i++)
        {
            var bar = plot.Add.Line(line.Xs[i], line.Low[i], line.Xs[i], line.High[i]);
            bar.LineColor = line.Colour;
            bar.LineWidth = 1.6f;
            bar.MarkerStyle = MarkerStyle.None;
        }
    }
}

/// <summary>An axis of a panel.</summary>
/// <param name="Scale">Its range.</param>
/// <param name="Label">Its title.</param>
/// <param name="IsLabelled">Whether title and numbers stand here and not at a neighbour.</param>
internal sealed record PanelAxis(AxisScale Scale, string Label, bool IsLabelled);
