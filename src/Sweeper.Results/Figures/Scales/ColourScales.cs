using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Scales;

/// <summary>Which number has which colour: one scale for all tiles, or one for each value of a dimension.</summary>
internal sealed class ColourScales
{
    // Few enough that neighbours of one shade are painted as one.
    private const int Shades = 64;

    private readonly Func<PanelCell, int> groupOf;
    private readonly Dictionary<int, ColourBar> bars;

    private ColourScales(Func<PanelCell, int> groupOf, Dictionary<int, ColourBar> bars)
    {
        this.groupOf = groupOf;
        this.bars = bars;
        Bars = [.. bars.OrderBy(bar => bar.Key).Select(bar => bar.Value)];
    }

    /// <summary>The scales, in the order of the values they belong to.</summary>
    public ImmutableArray<ColourBar> Bars { get; }

    /// <summary>Those of a figure.</summary>
    public static ColourScales Of(FigureSpec spec, Drawn drawn)
    {
        var layout = drawn.Layout;
        (Shown Shown, Func<PanelCell, int> ValueOf)[] roles = [(layout.Colours, cell => cell.Colour), (layout.Columns, cell => cell.Column),
            (layout.Rows, cell => cell.Row), (layout.X, cell => cell.X)];
        // What is held fixed has one value, and all tiles one scale.
        var (shown, valueOf) = roles.FirstOrDefault(role => spec.ScaleBy is { } name && role.Shown.Dimension?.IsNamed(name) == true);
        var groupOf = valueOf ?? (_ => 0);
        return new ColourScales(
            groupOf, drawn.Series.SelectMany(series => series.Points).GroupBy(placed => groupOf(placed.Cell)).ToDictionary(
                group => group.Key,
                group => ColourBar.Around(group.Select(placed => placed.Point.Mean), shown?.Describe(group.Key) ?? "")));
    }

    /// <summary>The colour of a number.</summary>
    public Color Shade(Placed<CurvePoint> placed) => Palette.Shade(bars[groupOf(placed.Cell)], placed.Point.Mean, Shades);
}
