using System.Collections.Immutable;
using ScottPlot;
using SkiaSharp;
using Sweeper.Results.Figures.Layout;
using LineStyle = Sweeper.Results.Figures.Layout.LineStyle;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>
/// Paints small multiples onto a canvas, be it pixels or SVG. Sizes are in points of the SVG; the PNG has twice as many pixels.
/// </summary>
internal sealed class FigurePainter
{
    private const float NarrowestLeft = 74;
    private const float BesideTicks = 38;
    private const float Right = 16;
    private const float Bottom = 52;
    private const float PictureWidth = 120;
    private const float TitleSize = 17;
    private const float TitleLine = 22;
    private const float LabelSize = 14;
    private const float TickSize = 12;
    private const float LineHeight = 18;
    private const float LegendPitch = LineHeight + 3;
    private const float SwatchWidth = 26;
    private const float LegendTop = 34;
    private const float ColumnTitle = 24;
    private const float PngScale = 2;
    private static readonly SKColor Ink = new(0x22, 0x22, 0x22);

    private readonly SmallMultiples figure;
    private readonly PanelGrid grid;
    private readonly ImmutableArray<string> titleLines;
    private readonly ImmutableArray<string> captionLines;
    private readonly float panelWidth;
    private readonly float panelHeight;
    private readonly float pitch;
    private readonly float gap;
    private readonly float legendWidth;
    private readonly float left;
    private readonly float top;
    private readonly float panelsWidth;
    private readonly float panelsHeight;

    /// <summary>Measures a figure.</summary>
    public FigurePainter(SmallMultiples figure)
    {
        this.figure = figure;
        // Axes of tiles have numbers at their very ends.
        gap = figure.Bars.IsEmpty ? 22 : 34;
        grid = new PanelGrid(figure.Rows.Length, figure.ColumnTitles.Length);
        // Few panels may be large: what is read from the last row is what counts.
        panelWidth = figure.IsOfPictures ? PictureWidth : grid.Width switch { 1 => 400, 2 => 310, _ => 260 };
        panelHeight = panelWidth * (figure.IsOfPictures ? 1 : grid.Lines == 1 ? 0.72f : 0.62f);
        pitch = panelHeight + gap + (grid.IsWrapped ? ColumnTitle : 0);
        legendWidth = figure.Legend.IsEmpty && figure.Bars.IsEmpty ? 0 : 24 + Math.Max(
            Measure(figure.LegendTitle, LabelSize),
            Math.Max(
                ColourBarPainter.WidthOf(figure.Bars, Measure),
                SwatchWidth + 8 + figure.Legend.Select(entry => Measure(entry.Label, LabelSize)).DefaultIfEmpty(0).Max()));
        left = Math.Max(NarrowestLeft, BesideTicks + figure.Rows.SelectMany(row => AxisTicks.Shown(row.Vertical))
            .Select(tick => Measure(tick.Label, TickSize)).DefaultIfEmpty(0).Max());
        panelsWidth = left + grid.Width * (panelWidth + gap) - gap + Right;
        titleLines = [.. Wrap(figure.Title, Width - left - Right, TitleSize)];
        top = 40 + (titleLines.Length - 1) * TitleLine + (figure.ColumnTitles.All(title => title.Length == 0) ? 0 : ColumnTitle);
        panelsHeight = Math.Max(
            grid.Lines * pitch - (pitch - panelHeight) + Bottom,
            LegendTop + Math.Max(figure.Legend.Length * LegendPitch, ColourBarPainter.HeightOf(figure.Bars)));
        captionLines = [.. Wrap(string.Join(' ', figure.Caption), Width - left - Right, TickSize)];
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
        using var pixels = image.PeekPixels()!;
        return pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 6))!.ToArray();
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
        for (var line = 0; line < titleLines.Length; line++)
        {
            Text(canvas, titleLines[line], left, 26 + line * TitleLine, TitleSize);
        }

        for (var row = 0; row < figure.Rows.Length; row++)
        {
            for (var column = 0; column < figure.ColumnTitles.Length; column++)
            {
                PaintPanel(canvas, row, column);
            }
        }

        for (var column = 0; column < figure.ColumnTitles.Length; column++)
        {
            var (line, place) = grid.At(0, column);
            Text(
                canvas, figure.ColumnTitles[column], left + place * (panelWidth + gap) + panelWidth / 2, top - 10 + line * pitch, LabelSize,
                SKTextAlign.Center);
        }

        PaintLegend(canvas);
        for (var line = 0; line < captionLines.Length; line++)
        {
            Text(canvas, captionLines[line], left, top + panelsHeight + (line + 1) * LineHeight - 2, TickSize);
        }
    }

    private void PaintPanel(SKCanvas canvas, int row, int column)
    {
        var (line, place) = grid.At(row, column);
        var isLeft = place == 0;
        var isBottom = grid.IsLowest(row, column);
        var padding = new PixelPadding(isLeft ? left : 4, 4, isBottom ? Bottom : 4, 4);
        var x = left + place * (panelWidth + gap);
        var y = top + line * pitch;
        PanelPainter.Paint(
            canvas, new PixelRect(x - padding.Left, x + panelWidth + padding.Right, y + panelHeight + padding.Bottom, y - padding.Top),
            padding, figure.Rows[row].Panels[column], new PanelAxis(figure.Horizontal, figure.XLabel, isBottom),
            new PanelAxis(figure.Rows[row].Vertical, LabelOf(figure.Rows[row]), isLeft));
    }

    /// <summary>All rows have the long label, or all the brief one.</summary>
    private string LabelOf(PanelRow row) =>
        figure.Rows.All(one => Measure(one.YLabel, LabelSize) <= panelHeight) ? row.YLabel : row.BriefLabel;

    private void PaintLegend(SKCanvas canvas)
    {
        if (figure.Legend.IsEmpty && figure.Bars.IsEmpty)
        {
            return;
        }

        Text(canvas, figure.LegendTitle, panelsWidth + 4, top + 10, LabelSize);
        ColourBarPainter.Paint(canvas, figure.Bars, panelsWidth + 4, top + 24, Text, Measure);

        for (var i = 0; i < figure.Legend.Length; i++)
        {
            var entry = figure.Legend[i];
            var y = top + LegendTop + i * LegendPitch;
            using var paint = new SKPaint
            {
                Color = entry.Colour.ToSKColor(), StrokeWidth = entry.Style is LineStyle.Theory or LineStyle.Level ? 2 : 3,
                IsAntialias = true, Style = SKPaintStyle.Stroke,
            };
            using var dashes = PanelPainter.Dashes(entry.Style) is { } pattern ? SKPathEffect.CreateDash(pattern, 0) : null;
            paint.PathEffect = dashes;
            canvas.DrawLine(panelsWidth + 4, y - 5, panelsWidth + 4 + SwatchWidth, y - 5, paint);
            Text(canvas, entry.Label, panelsWidth + 4 + SwatchWidth + 8, y, LabelSize);
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

    private static IEnumerable<string> Wrap(string text, float width, float size)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Measure($"{line} {word}", size) > width)
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
