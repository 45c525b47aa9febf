using System.Collections.Immutable;
using ScottPlot;
using SkiaSharp;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Palette = Sweeper.Results.Figures.Scales.Palette;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>
/// Paints the colour scales of tiles: a single one upright with round numbers, several flat ones, a line each, between their ends.
/// </summary>
internal static class ColourBarPainter
{
    private const int Shades = 32;
    private const float Height = 140;
    private const float Thickness = 16;
    private const float FlatWidth = 60;
    private const float FlatHeight = 12;
    private const float FlatPitch = 24;
    private const float TickSize = 12;
    private const float BesideBar = 6;

    /// <summary>Writes a text of a size at a place.</summary>
    public delegate void Writer(SKCanvas canvas, string text, float x, float y, float size, SKTextAlign align = SKTextAlign.Left);

    /// <summary>Room that they need to the right.</summary>
    public static float WidthOf(ImmutableArray<ColourBar> bars, Func<string, float, float> measure) => bars.Length switch
    {
        0 => 0,
        1 => Thickness + BesideBar + Ticks(bars[0]).Select(tick => measure(tick.Label, TickSize)).DefaultIfEmpty(0).Max(),
        _ => Columns(bars, measure) is var (label, low, high) ? label + low + FlatWidth + high : 0,
    };

    /// <summary>Room that they need downwards.</summary>
    public static float HeightOf(ImmutableArray<ColourBar> bars) => bars.Length > 1 ? bars.Length * FlatPitch : bars.IsEmpty ? 0 : Height;

    /// <summary>Paints them.</summary>
    public static void Paint(
        SKCanvas canvas, ImmutableArray<ColourBar> bars, float x, float y, Writer write, Func<string, float, float> measure)
    {
        if (bars is [var only])
        {
            Upright(canvas, only, x, y, write);
        }
        else if (bars.Length > 1)
        {
            Flat(canvas, bars, x, y, write, measure);
        }
    }

    private static void Flat(
        SKCanvas canvas, ImmutableArray<ColourBar> bars, float x, float y, Writer write, Func<string, float, float> measure)
    {
        var (label, low, _) = Columns(bars, measure);
        foreach (var (place, bar) in bars.Index())
        {
            var baseline = y + place * FlatPitch + FlatHeight - 1;
            var left = x + label + low;
            write(canvas, bar.Label, x, baseline, TickSize);
            write(canvas, NumberLabel.Of(bar.Low), left - BesideBar, baseline, TickSize, SKTextAlign.Right);
            for (var shade = 0; shade < Shades; shade++)
            {
                Fill(
                    canvas, shade,
                    SKRect.Create(left + FlatWidth * shade / Shades, y + place * FlatPitch, FlatWidth / Shades + 0.5f, FlatHeight));
            }

            write(canvas, NumberLabel.Of(bar.High), left + FlatWidth + BesideBar, baseline, TickSize);
        }
    }

    /// <summary>Widths of the columns of several scales: labels, numbers at their lower, at their upper ends.</summary>
    private static (float Label, float Low, float High) Columns(ImmutableArray<ColourBar> bars, Func<string, float, float> measure) => (
        bars.Max(bar => measure(bar.Label, TickSize)) + 2 * BesideBar,
        bars.Max(bar => measure(NumberLabel.Of(bar.Low), TickSize)) + BesideBar,
        bars.Max(bar => measure(NumberLabel.Of(bar.High), TickSize)) + BesideBar);

    private static void Upright(SKCanvas canvas, ColourBar bar, float x, float y, Writer write)
    {
        for (var shade = 0; shade < Shades; shade++)
        {
            Fill(canvas, shade, SKRect.Create(x, y + Height * (Shades - 1 - shade) / Shades, Thickness, Height / Shades + 0.5f));
        }

        foreach (var tick in Ticks(bar))
        {
            write(
                canvas, tick.Label, x + Thickness + BesideBar,
                y + Height * (float)((bar.High - tick.Position) / Math.Max(bar.High - bar.Low, double.Epsilon)) + 4, TickSize);
        }
    }

    private static IEnumerable<Tick> Ticks(ColourBar bar) =>
        AxisTicks.Round(new AxisScale(false, bar.Low, bar.High > bar.Low ? bar.High : bar.Low + 1))
            .Where(tick => bar.High > bar.Low || tick.Position == bar.Low);

    private static void Fill(SKCanvas canvas, int shade, SKRect place)
    {
        using var paint = new SKPaint { Color = Palette.Shade(new ColourBar(0, Shades - 1), shade, Shades).ToSKColor() };
        canvas.DrawRect(place, paint);
    }
}
