using ScottPlot;
using SkiaSharp;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>
/// DejaVu Sans as a resource: figures look the same on a bare server, where a system font is often missing and text would
/// silently be left out.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    private const string Name = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> Loaded = new(Load);

    /// <summary>The font; asking for it makes ScottPlot use it too.</summary>
    public static SKTypeface Typeface => Loaded.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Typeface : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Load()
    {
        using var resource = typeof(EmbeddedFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using var data = SKData.Create(resource);
        var typeface = SKTypeface.FromData(data);
        ScottPlot.Fonts.FontResolvers.Insert(0, new EmbeddedFont());
        ScottPlot.Fonts.Default = Name;
        ScottPlot.Fonts.Sans = Name;
        return typeface;
    }
}
