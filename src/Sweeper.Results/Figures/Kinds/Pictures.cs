using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using Tick = ScottPlot.Tick;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class Pictures : IFigure
{
    private const int Shades = 16;

    /// <inheritdoc/>
    public string Kind => "pictures";

    /// <inheritdoc/>
    public string Doc =>
        "The last measurement of a metric whose index is a pixel of a square picture, row by row, of one network (the first seed): one "
        + "picture for each component. A component `group: part` stands in the row of its group and the column of its part.";

    /// <inheritdoc/>
    public int Version => 6;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        // Each picture is a "colour" of the layout: all of them are wanted.
        var preference = new LayoutPreference(
            X: ["index"], Colours: ["component"], Columns: [], Rows: [Axis, "split", "member"]) { MostColours = int.MaxValue };
        if (Drawn.ReadOneSeed(spec, data, preference, new Reduction.Final()) is not { } drawn)
        {
            return null;
        }

        var layout = drawn.Layout;
        var pictures = drawn.Series.ToLookup(series => (Row(layout, series.Cell), ComponentName.Of(series.Cell.Selected.Part).Part));
        string[] rows = [.. pictures.Select(picture => picture.Key.Item1).Distinct().Order(StringComparer.Ordinal)],
            columns = [.. pictures.Select(picture => picture.Key.Part).Distinct()];
        var side = (int)Math.Ceiling(Math.Sqrt(drawn.Series.Max(series => series.Points.Length)));
        // Ticks outside: a picture has none.
        var frame = new AxisScale(false, 0, side) { Ticks = [new Tick(-1, "")] };
        var caption = new CurveCaption(isCurve: false, frame, drawn.IsComplete, what: "Pictures") { OneSeed = drawn.OneSeed };
        drawn.Series.SelectMany(series => series.Points).ToList().ForEach(placed => caption.Count(1, placed.Point));
        return new SmallMultiples(
            FigureWords.Of(data.Plan, spec, drawn).Title, "", frame, [.. columns],
            [.. rows.Select(row => new PanelRow(
                row, frame,
                [.. columns.Select(column => new Panel([], [.. pictures[(row, column)].SelectMany(series => Tiles(series, side))]))]))],
            "", [],
            [.. caption.Sentences, "Every picture has a scale of its own: red is positive, blue negative, white 0.", .. layout.Notes],
            DrawnTable.Of(data.Plan, drawn))
        {
            IsOfPictures = true,
        };
    }

    private static string Row(PanelLayout layout, PanelCell cell) =>
        (ComponentName.Of(cell.Selected.Part).Group + layout.Rows.Qualify(cell.Row) + layout.Columns.Qualify(cell.Column)).Trim();

    /// <summary>Zero as the ground, then runs of one colour: a rectangle for every pixel makes a large SVG.</summary>
    private static IEnumerable<HeatTile> Tiles(DrawnSeries picture, int side)
    {
        var largest = picture.Points.Max(placed => Math.Abs(placed.Point.Mean));
        yield return new HeatTile(0, side, 0, side, Palette.Signed(0, largest));
        foreach (var (row, pixels) in picture.Points.Chunk(side).Index())
        {
            var shades = Array.ConvertAll(pixels, pixel => largest > 0 ? Math.Round(Shades * pixel.Point.Mean / largest) : 0);
            for (int start = 0, end; start < shades.Length; start = end)
            {
                end = start + shades.Skip(start).TakeWhile(shade => shade == shades[start]).Count();
                if (shades[start] != 0)
                {
                    yield return new HeatTile(start, end, side - 1 - row, side - row, Palette.Signed(shades[start], Shades));
                }
            }
        }
    }
}
