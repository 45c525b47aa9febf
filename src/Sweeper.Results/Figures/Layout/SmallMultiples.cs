using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures.Layout;

/// <summary>
/// The content of a figure: panels of lines with bands or of tiles, [rows, columns], and all its words. Numbers are as drawn: log10 on
/// logarithmic axes.
/// </summary>
/// <param name="Title">Headline.</param>
/// <param name="XLabel">Title of the horizontal axes.</param>
/// <param name="Horizontal">Scale of all horizontal axes.</param>
/// <param name="ColumnTitles">Above the panels.</param>
/// <param name="Rows">From top to bottom.</param>
/// <param name="LegendTitle">What the colours mean.</param>
/// <param name="Legend">One entry for each colour; empty when there is one colour only.</param>
/// <param name="Caption">Sentences under the figure.</param>
/// <param name="Data">The numbers drawn, before any logarithm.</param>
internal sealed record SmallMultiples(
    string Title, string XLabel, AxisScale Horizontal, ImmutableArray<string> ColumnTitles, ImmutableArray<PanelRow> Rows,
    string LegendTitle, ImmutableArray<LegendEntry> Legend, ImmutableArray<string> Caption, ResultTable Data)
{
    /// <summary>Instead of a legend: the colour scales of tiles.</summary>
    public ImmutableArray<ColourBar> Bars { get; init; } = [];

    /// <summary>Whether panels are small square pictures.</summary>
    public bool IsOfPictures { get; init; }
}

/// <summary>A row of panels that share their vertical axis.</summary>
/// <param name="YLabel">Title of the vertical axis.</param>
/// <param name="Vertical">Scale of the vertical axes.</param>
/// <param name="Panels">From left to right.</param>
internal sealed record PanelRow(string YLabel, AxisScale Vertical, ImmutableArray<Panel> Panels)
{
    /// <summary>Title where the panels are too low for the long one: the headline has the rest of it.</summary>
    public string BriefLabel { get; init; } = YLabel;
}

/// <summary>What stands in one pair of axes.</summary>
/// <param name="Lines">Lines and points, the first lowest.</param>
/// <param name="Tiles">Cells of a heat map.</param>
internal sealed record Panel(ImmutableArray<CurveLine> Lines, ImmutableArray<HeatTile> Tiles);

/// <summary>One rectangle of a heat map.</summary>
internal sealed record HeatTile(double Left, double Right, double Bottom, double Top, Color Colour);

/// <summary>How a line is drawn.</summary>
internal enum LineStyle
{
    /// <summary>A mean: a line with a band.</summary>
    Mean,

    /// <summary>Means at a few places: points with a band, joined by a line.</summary>
    Points,

    /// <summary>Means of things without an order: points with bars.</summary>
    Loose,

    /// <summary>One seed: a thin pale line.</summary>
    Seed,

    /// <summary>One seed at a few places: pale dots.</summary>
    SeedDots,

    /// <summary>A prediction: dashed.</summary>
    Theory,

    /// <summary>A known value: dotted.</summary>
    Level,
}

/// <summary>One line with its band.</summary>
/// <param name="Style">How it is drawn.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Xs">Abscissae.</param>
/// <param name="Means">Ordinates.</param>
/// <param name="Low">Lower edge of the band.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Drops">Positions at which n is smaller than just before.</param>
internal sealed record CurveLine(
    LineStyle Style, Color Colour, double[] Xs, double[] Means, double[] Low, double[] High, ImmutableArray<int> Drops)
{
    /// <summary>Place of the point that is marked; null for none.</summary>
    public int? Mark { get; init; }

    /// <summary>A line without a band.</summary>
    public static CurveLine Bare(LineStyle style, Color colour, double[] xs, double[] ys) => new(style, colour, xs, ys, ys, ys, []);
}

/// <summary>A line of the legend.</summary>
internal sealed record LegendEntry(string Label, Color Colour, LineStyle Style = LineStyle.Mean);

/// <summary>The meaning of the colours of a heat map.</summary>
/// <param name="Low">Number at the lower end.</param>
/// <param name="High">Number at the upper end.</param>
/// <param name="Label">Whose scale it is, where there are several.</param>
internal sealed record ColourBar(double Low, double High, string Label = "")
{
    /// <summary>Room for all of these numbers; those that are not finite do not count.</summary>
    public static ColourBar Around(IEnumerable<double> numbers, string label = "")
    {
        var finite = numbers.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        return new ColourBar(finite.Min(), finite.Max(), label);
    }
}
