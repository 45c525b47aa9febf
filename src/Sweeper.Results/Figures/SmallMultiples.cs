using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>The content of a figure: panels of lines with bands, [rows, columns], and all its words. Numbers are as drawn: log10 on logarithmic axes.</summary>
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
    string LegendTitle, ImmutableArray<LegendEntry> Legend, ImmutableArray<string> Caption, ResultTable Data);

/// <summary>A row of panels that share their vertical axis.</summary>
internal sealed record PanelRow(string YLabel, AxisScale Vertical, ImmutableArray<ImmutableArray<CurveLine>> Panels);

/// <summary>One mean curve.</summary>
/// <param name="Colour">Its colour.</param>
/// <param name="Xs">Abscissae.</param>
/// <param name="Means">Ordinates.</param>
/// <param name="Low">Lower edge of the band.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Drops">Positions at which n is smaller than just before.</param>
internal sealed record CurveLine(Color Colour, double[] Xs, double[] Means, double[] Low, double[] High, ImmutableArray<int> Drops);

/// <summary>A line of the legend.</summary>
internal sealed record LegendEntry(string Label, Color Colour);

/// <summary>Range of an axis, as drawn.</summary>
/// <param name="IsLog">Whether numbers are log10.</param>
/// <param name="Low">Left or lower end.</param>
/// <param name="High">Right or upper end.</param>
internal sealed record AxisScale(bool IsLog, double Low, double High)
{
    /// <summary>A number's place on the axis.</summary>
    public double Place(double number) => IsLog ? Math.Log10(number) : number;

    /// <summary>Room for all of these numbers and a little more; places that are not finite do not count.</summary>
    public static AxisScale Around(bool isLog, IEnumerable<double> numbers)
    {
        var places = numbers.Select(number => isLog ? Math.Log10(number) : number).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (places.Min(), places.Max());
        var margin = high > low ? 0.05 * (high - low) : Math.Max(Math.Abs(high) * 0.05, 0.05);
        return new AxisScale(isLog, low - margin, high + margin);
    }
}
