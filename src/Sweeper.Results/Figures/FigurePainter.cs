using System.Collections.Immutable;
using ScottPlot;
using SkiaSharp;

namespace Sweeper.Results.Figures;

/// <summary>Paints small multiples onto a canvas, be it pixels or SVG. Sizes are in points of the SVG; the PNG has twice as many pixels.</summary>
internal sealed class FigurePainter
{
    private const float PanelWidth = 270;
    private const float PanelHeight = 200;
    private const float Gap = 22;
    private const float Left = 74;
    private const float Right = 16;
    private const float Bottom = 52;
    private const float TitleSize = 17;
    private const float LabelSize = 14;
    private const float TickSize = 12;
    private const float LineHeight = 18;
    private const float SwatchWidth = 22;
    private const float PngScale = 2;
    private static readonly SKColor Ink = new(0x22, 0x22, 0x22);
    private static readonly Color Grid = Color.FromHex("#E6E6E6");

    private readonly SmallMultiples figure;
    private readonly ImmutableArray<string> captionLines;
    private readonly float legendWidth;
    private readonly float top;
    private readonly float panelsWidth;
    private readonly float panelsHeight;

    /// <summary>Measures a figure.</summary>
    public FigurePainter(SmallMultiples figure)
    {
        this.figure = figure;
        legendWidth = figure.Legend.IsEmpty ? 0 : 24 + Math.Max(
            Measure(figure.LegendTitle, LabelSize), SwatchWidth + 8 + figure.Legend.Max(entry => Measure(entry.Label, LabelSize)));
        top = 40 + (figure.ColumnTitles.All(title => title.Length == 0) ? 0 : 24);
        panelsWidth = Left + figure.ColumnTitles.Length * (PanelWidth + Gap) - Gap + Right;
        panelsHeight = figure.Rows.Length * (PanelHeight + Gap) - Gap + Bottom;
        captionLines = [.. Wrap(string.Join(' ', figure.Caption), Width - Left - Right)];
    }

    private float Width => panelsWidth + legendWidth;

    private float Height => top + panelsHeight + captionLines.Length * LineHeight + 14;

    /// <summary>PNG bytes.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(Width * PngScale), (int)(Height * PngScale)));
        surface.Canvas.Scale(PngScale);
        Paint(surface.Canvas);
        using var image = surface.Snapshot();
        return image.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    /// <summary>SVG bytes.</summary>
    public byte[] ToSvg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
        {
            Paint(canvas);
        }

        return SvgText.Tidy(stream.ToArray());
    }

    private void Paint(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        Text(canvas, figure.Title, Left, 26, TitleSize);
        for (var row = 0; row < figure.Rows.Length; row++)
        {
            for (var column = 0; column < figure.ColumnTitles.Length; column++)
            {
                PaintPanel(canvas, row, column);
            }
        }

        for (var column = 0; column < figure.ColumnTitles.Length; column++)
        {
            Text(canvas, figure.ColumnTitles[column], Left + column * (PanelWidth + Gap) + PanelWidth / 2, top - 10, LabelSize, SKTextAlign.Center);
        }

        PaintLegend(canvas);
        for (var line = 0; line < captionLines.Length; line++)
        {
            Text(canvas, captionLines[line], Left, top + panelsHeight + (line + 1) * LineHeight - 2, TickSize);
        }
    }

    private void PaintPanel(SKCanvas canvas, int row, int column)
    {
        var content = figure.Rows[row];
        var isLeft = column == 0;
        var isBottom = row == figure.Rows.Length - 1;
        var plot = new Plot();
        foreach (var line in content.Panels[column])
        {
            Add(plot, line);
        }

        plot.Axes.SetLimits(figure.Horizontal.Low, figure.Horizontal.High, content.Vertical.Low, content.Vertical.High);
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Axes.Bottom.TickGenerator = AxisTicks.For(figure.Horizontal, isBottom);
        plot.Axes.Left.TickGenerator = AxisTicks.For(content.Vertical, isLeft);
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Grid;
        foreach (var axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.Label.FontSize = LabelSize;
            axis.Label.Bold = false;
        }

        plot.Axes.Bottom.Label.Text = isBottom ? figure.XLabel : "";
        plot.Axes.Left.Label.Text = isLeft ? content.YLabel : "";
        var padding = new PixelPadding(isLeft ? Left : 4, 4, isBottom ? Bottom : 4, 4);
        plot.Layout.Fixed(padding);
        var x = Left + column * (PanelWidth + Gap);
        var y = top + row * (PanelHeight + Gap);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Render(canvas, new PixelRect(x - padding.Left, x + PanelWidth + padding.Right, y + PanelHeight + padding.Bottom, y - padding.Top));
    }

    private static void Add(Plot plot, CurveLine line)
    {
        if (line.Xs.Length == 0)
        {
            return;
        }

        var band = plot.Add.FillY(line.Xs, line.Low, line.High);
        band.FillColor = line.Colour.WithAlpha(0.18);
        band.LineWidth = 0;
        band.MarkerStyle.IsVisible = false;
        var mean = plot.Add.ScatterLine(line.Xs, line.Means, line.Colour);
        mean.LineWidth = 1.8f;
        if (line.Xs.Length == 1)
        {
            mean.MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 5, line.Colour);
        }

        if (line.Drops.Length > 0)
        {
            plot.Add.Markers(
                line.Drops.Select(place => line.Xs[place]).ToArray(), line.Drops.Select(place => line.Means[place]).ToArray(), MarkerShape.OpenCircle, 7, line.Colour);
        }
    }

    private void PaintLegend(SKCanvas canvas)
    {
        if (figure.Legend.IsEmpty)
        {
            return;
        }

        Text(canvas, figure.LegendTitle, panelsWidth + 4, top + 10, LabelSize);
        for (var i = 0; i < figure.Legend.Length; i++)
        {
            var y = top + 34 + i * (LineHeight + 3);
            using var paint = new SKPaint { Color = figure.Legend[i].Colour.ToSKColor(), StrokeWidth = 3, IsAntialias = true, Style = SKPaintStyle.Stroke };
            canvas.DrawLine(panelsWidth + 4, y - 5, panelsWidth + 4 + SwatchWidth, y - 5, paint);
            Text(canvas, figure.Legend[i].Label, panelsWidth + 4 + SwatchWidth + 8, y, LabelSize);
        }
    }

    private static void Text(SKCanvas canvas, string text, float x, float y, float size, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(EmbeddedFont.Typeface, size);
        using var paint = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    private static float Measure(string text, float size)
    {
        using var font = new SKFont(EmbeddedFont.Typeface, size);
        return font.MeasureText(text);
    }

    private static IEnumerable<string> Wrap(string text, float width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Measure($"{line} {word}", TickSize) > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
