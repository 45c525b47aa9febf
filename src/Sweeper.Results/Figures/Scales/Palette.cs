using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Results.Figures.Layout;

namespace Sweeper.Results.Figures.Scales;

/// <summary>Colours that people with any colour vision can tell apart.</summary>
internal static class Palette
{
    // Okabe and Ito (2008), without the yellow that is too pale for lines on white.
    private static readonly ImmutableArray<string> Categories =
        ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    // Viridis (van der Walt and Smith 2015), up to where it is still dark enough for a line on white.
    private const double LastOnWhite = 0.88;

    /// <summary>Colour of a number on a colour bar, in so many shades.</summary>
    public static Color Shade(ColourBar bar, double number, int shades)
    {
        var place = bar.High > bar.Low ? (number - bar.Low) / (bar.High - bar.Low) : 0;
        return new ScottPlot.Colormaps.Viridis().GetColor(Math.Round(place * (shades - 1)) / (shades - 1));
    }

    /// <summary>Colour of a number between minus and plus <paramref name="largest"/>: blue, white, red.</summary>
    public static Color Signed(double number, double largest) =>
        new ScottPlot.Colormaps.Balance().GetColor(largest > 0 ? Math.Clamp((1 + number / largest) / 2, 0, 1) : 0.5);

    /// <summary>
    /// Colours for values: along viridis when they are ordered, else categories; of more than there are, hues along turbo.
    /// </summary>
    public static ImmutableArray<Color> For(int count, bool isOrdered) => isOrdered && count > 2
        ? [.. Enumerable.Range(0, count).Select(i => new ScottPlot.Colormaps.Viridis().GetColor(LastOnWhite * i / (count - 1)))]
        : count <= Categories.Length ? [.. Categories.Take(count).Select(hex => Color.FromHex(hex))]
        : [.. Enumerable.Range(0, count).Select(i => new ScottPlot.Colormaps.Turbo().GetColor((i + 0.5) / count))];
}
