using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using Color = ScottPlot.Color;

namespace Sweeper.Results.Figures.Layout;

/// <summary>Makes panels of lines from what is drawn: the words, the colours, what is cut and what is said of it.</summary>
/// <param name="spec">The figure.</param>
/// <param name="data">Results.</param>
/// <param name="drawn">What is drawn.</param>
/// <param name="horizontal">The horizontal axis.</param>
/// <param name="style">How means are drawn.</param>
/// <param name="what">What shows a mean over seeds, where it is not the lines or points with their intervals.</param>
internal sealed class LineFigure(FigureSpec spec, FigureData data, Drawn drawn, AxisScale horizontal, LineStyle style, string? what = null)
{
    private const int MostLegendEntries = 12;
    private const int SampledLegendEntries = 7;
    private const float SeedPaleness = 0.35f;
    private static readonly Color Grey = Color.FromHex("#555555");

    private readonly PanelLayout layout = drawn.Layout;
    private readonly ImmutableArray<Color> colours = Palette.For(
        drawn.Layout.Colours.Values.Length, drawn.Layout.Colours.Dimension?.IsOrdered ?? false);
    private readonly CurveCaption caption = new(style == LineStyle.Mean, horizontal, drawn.IsComplete, what)
    {
        Reduction = drawn.Reduction, Instead = CurveCaption.OfSource(spec, data, style == LineStyle.Mean ? "Lines" : "Points"),
        IsPaired = drawn.Against is not null, IsGeometric = spec.IsGeometric, IsVariance = spec.IsVariance,
        HasBands = style is LineStyle.Mean or LineStyle.Points,
    };

    private readonly FigureWords words = FigureWords.Of(data.Plan, spec, drawn);
    private int unmarked;

    private readonly TheoryLabel? theory = data.Theory?.LabelOf(spec.Metric);

    /// <summary>Whether single lines under a mean are grey: a hundred of them would hide it in its own colour.</summary>
    public bool IsCrowded { get; init; }

    /// <summary>Whether a predicted point is in sight: those of step 0 are not on a logarithmic axis.</summary>
    private bool HasTheory => drawn.Series.Any(series => series.Theory.Any(at => double.IsFinite(horizontal.Place(at.X))));

    /// <summary>The figure.</summary>
    /// <param name="xLabel">Title of the horizontal axes.</param>
    public SmallMultiples Compose(string xLabel)
    {
        var rows = layout.Rows.Values.Select(Row).ToImmutableArray();
        return new SmallMultiples(
            words.Title, xLabel, horizontal, [.. layout.Columns.Values.Select(layout.Columns.Describe)], rows,
            layout.Colours.Dimension?.Title ?? "", [.. Legend()], [.. caption.Sentences, .. OtherSentences(), .. layout.Notes],
            DrawnTable.Of(data.Plan, drawn));
    }

    private PanelRow Row(int row)
    {
        var inRow = drawn.Series.Where(series => series.Cell.Row == row).ToList();
        var points = inRow.SelectMany(series => series.Points.Concat(series.Theory)).Select(placed => placed.Point).ToList();
        var isPaired = drawn.Against is not null;
        var vertical = AxisScale.OfValues(
            [
                .. points.Select(point => point.Mean), .. isPaired ? (double[])[0] : [],
                .. inRow.SelectMany(series => series.Seeds).SelectMany(seed => seed).Select(seed => seed.Point.Value),
                .. inRow.Select(series => series.Level),
            ],
            points.SelectMany(point => (double[])[point.Low, point.High]), isPaired ? false : spec.LogY);
        return new PanelRow(
            words.Label + layout.Rows.Qualify(row), vertical,
            [.. layout.Columns.Values.Select(column => PanelOf([.. inRow.Where(series => series.Cell.Column == column)], vertical))])
        {
            BriefLabel = layout.Rows.Dimension is null ? words.Label : layout.Rows.Describe(row),
        };
    }

    /// <summary>Known values lowest, then seeds, means, predictions.</summary>
    private Panel PanelOf(ImmutableArray<DrawnSeries> series, AxisScale vertical)
    {
        Color ColourOf(DrawnSeries one) => colours[layout.Colours.Values.IndexOf(one.Cell.Colour)];
        return new Panel(
            [
                .. drawn.Against is null
                    ? (CurveLine[])[]
                    : [CurveLine.Bare(LineStyle.Level, Grey, [horizontal.Low, horizontal.High], [0, 0])],
                .. series.Where(one => double.IsFinite(vertical.Place(one.Level)))
                    .Select(one => CurveLine.Bare(
                        LineStyle.Level, ColourOf(one), [horizontal.Low, horizontal.High],
                        [vertical.Place(one.Level), vertical.Place(one.Level)])),
                .. series.SelectMany(one => one.Seeds.Select(seed => Bare(
                    style == LineStyle.Mean ? LineStyle.Seed : LineStyle.SeedDots,
                    (IsCrowded ? Grey : ColourOf(one)).WithAlpha(SeedPaleness), vertical, seed.Select(at => (at.X, at.Point.Value))))),
                .. series.Select(one => Mean(one, ColourOf(one), vertical)),
                .. series.Select(one => Bare(LineStyle.Theory, ColourOf(one), vertical, one.Theory.Select(at => (at.X, at.Point.Mean)))),
            ],
            []);
    }

    private CurveLine Bare(LineStyle bare, Color colour, AxisScale vertical, IEnumerable<(double X, double Y)> points)
    {
        var places = points.Select(point => (X: horizontal.Place(point.X), Y: vertical.Place(point.Y)))
            .Where(place => double.IsFinite(place.X) && double.IsFinite(place.Y)).ToList();
        return CurveLine.Bare(bare, colour, [.. places.Select(place => place.X)], [.. places.Select(place => place.Y)]);
    }

    private CurveLine Mean(DrawnSeries series, Color colour, AxisScale vertical)
    {
        var kept = new List<Placed<CurvePoint>>();
        var drops = ImmutableArray.CreateBuilder<int>();
        foreach (var placed in series.Points)
        {
            caption.Count(placed.X, placed.Point);
            if (!double.IsFinite(horizontal.Place(placed.X)))
            {
                continue;
            }

            if (!double.IsFinite(vertical.Place(placed.Point.Mean)))
            {
                caption.LeaveOut();
                continue;
            }

            // Along a curve trials leave; along an axis every point has its own.
            if (style == LineStyle.Mean
                ? kept.Count > 0 && placed.Point.Count < kept[^1].Point.Count
                : placed.Point.Count < placed.Point.Planned)
            {
                drops.Add(kept.Count);
            }

            kept.Add(placed);
        }

        return new CurveLine(
            style, colour, [.. kept.Select(placed => horizontal.Place(placed.X))],
            [.. kept.Select(placed => vertical.Place(placed.Point.Mean))],
            [.. kept.Select(placed => Edge(placed.Point.Low, placed.Point.Mean, vertical))],
            [.. kept.Select(placed => Edge(placed.Point.High, placed.Point.Mean, vertical))],
            drops.ToImmutable()) { Mark = MarkOf(series, kept) };
    }

    /// <summary>The place of what is marked among the points that are drawn; null for none.</summary>
    private int? MarkOf(DrawnSeries series, List<Placed<CurvePoint>> kept)
    {
        var known = series.Points.Where(placed => double.IsFinite(placed.Point.Mean)).ToList();
        if (spec.Mark is null || known.Count == 0)
        {
            return null;
        }

        var place = kept.IndexOf(
            spec.Mark is Reduction.Minimum ? known.MinBy(placed => placed.Point.Mean)! : known.MaxBy(placed => placed.Point.Mean)!);
        unmarked += place < 0 ? 1 : 0;
        return place < 0 ? null : place;
    }

    /// <summary>An end of the band: at the mean where there is none, at the end of the axis where it lies beyond.</summary>
    private double Edge(double end, double mean, AxisScale vertical)
    {
        if (double.IsNaN(end))
        {
            return vertical.Place(mean);
        }

        if (vertical.IsLog && end <= 0)
        {
            caption.CutBand();
            return vertical.Low;
        }

        var place = vertical.Place(end);
        if (place < vertical.Low || place > vertical.High)
        {
            caption.CutLongBand();
        }

        return Math.Clamp(place, vertical.Low, vertical.High);
    }

    private IEnumerable<LegendEntry> Legend()
    {
        if (layout.Colours.Dimension is { } dimension)
        {
            // A spectrum has more lines than a legend has room; what has no order cannot be read off from its neighbours.
            var shown = layout.Colours.Values.Length;
            var entries = shown > MostLegendEntries && dimension.IsOrdered ? SampledLegendEntries : shown;
            for (var entry = 0; entry < entries; entry++)
            {
                var place = entries == 1 ? 0 : (int)Math.Round(entry * (shown - 1.0) / (entries - 1));
                yield return new LegendEntry(dimension.Labels[layout.Colours.Values[place]], colours[place], style);
            }
        }

        if (HasTheory)
        {
            yield return new LegendEntry(theory?.Name ?? "theory", Grey, LineStyle.Theory);
        }

        if (drawn.Series.Any(series => double.IsFinite(series.Level)))
        {
            yield return new LegendEntry("teacher", Grey, LineStyle.Level);
        }
    }

    private IEnumerable<string> OtherSentences()
    {
        if (HasTheory && theory is not null)
        {
            yield return $"Dashed: {theory.Assumption}";
        }

        if (drawn.Unpredicted is { } unpredicted)
        {
            yield return unpredicted;
        }

        if (spec.Mark is { } mark)
        {
            yield return $"Diamonds mark the {(mark is Reduction.Minimum ? "smallest" : "largest")} value of every mean"
                + (unmarked == 0 ? "." : FormattableString.Invariant($"; of {unmarked} it lies where the axis does not reach."));
        }

        if (drawn.Missing > 0)
        {
            var why = drawn.Against is not null ? "no seed has both numbers"
                : drawn.Reduction is Reduction.Crossing ? "none of their trials crosses" : "all their trials diverged before the end";
            yield return FormattableString.Invariant(
                $"{drawn.Missing} {(drawn.Missing == 1 ? "point is" : "points are")} left out: {why}.");
        }

        if (!drawn.Seeds.IsEmpty)
        {
            yield return drawn.Seeds.Length < data.Plan.Seeds.Length
                ? FormattableString.Invariant($"Pale: the first {drawn.Seeds.Length} of {data.Plan.Seeds.Length} seeds.")
                : "Pale: single seeds.";
        }
    }
}
