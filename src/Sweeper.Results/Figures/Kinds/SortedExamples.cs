using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class SortedExamples : IFigure
{
    private const int MostModes = 24;

    /// <inheritdoc/>
    public string Kind => "sorted_examples";

    /// <inheritdoc/>
    public string Doc =>
        "The last measurement of a metric that has a value for every example (its index): mean over seeds for each example, then the "
        + "examples sorted from the smallest to the largest; one colour for each component.";

    /// <inheritdoc/>
    public int Version => 7;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        spec = spec with { Seeds = false, LogY = spec.LogY ?? false };
        var preference = new LayoutPreference(
            X: ["index"], Colours: ["component"], Columns: [LayoutPreference.Axis, "split", "member"],
            Rows: ["split", LayoutPreference.Axis]) { MostColours = MostModes };
        if (Drawn.Read(spec, data, preference, new Reduction.Final()) is not { } drawn)
        {
            return null;
        }

        var sorted = drawn with
        {
            Layout = Ranked(drawn.Layout),
            Series = [.. drawn.Series.Select(series => series with { Points = Sorted(series.Points), Theory = Sorted(series.Theory) })],
        };
        // Neighbouring lines cross and touch: intervals of single examples are in the CSV only.
        var bare = sorted with
        {
            Series = [.. sorted.Series.Select(series => series with { Points = [.. series.Points.Select(WithoutInterval)] })],
        };
        var horizontal = AxisScale.Around(false, sorted.Series.SelectMany(series => series.Points).Select(point => point.X));
        return new LineFigure(spec, data, bare, horizontal, LineStyle.Mean, what: "Every line: the examples, sorted by their value")
            .Compose("example, sorted") with { Data = DrawnTable.Of(data.Plan, sorted) };
    }

    private static ImmutableArray<Placed<CurvePoint>> Sorted(ImmutableArray<Placed<CurvePoint>> points) =>
        [.. points.OrderBy(point => point.Point.Mean).Select((point, rank) => point with { X = rank + 1 })];

    private static Placed<CurvePoint> WithoutInterval(Placed<CurvePoint> placed) =>
        placed with { Point = placed.Point with { Low = double.NaN, High = double.NaN } };

    /// <summary>Components are modes, the strongest first: their order is that of the colours.</summary>
    private static PanelLayout Ranked(PanelLayout layout) => layout.Colours.Dimension is { } dimension
        ? layout with
        {
            Colours = layout.Colours with
            {
                Dimension = dimension with { Numbers = [.. Enumerable.Range(0, dimension.Entries.Length).Select(place => (double)place)] },
            },
        }
        : layout;
}
