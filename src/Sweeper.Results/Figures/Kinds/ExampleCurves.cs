using System.Collections.Immutable;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class ExampleCurves : IFigure
{
    /// <inheritdoc/>
    public string Kind => "example_curves";

    /// <inheritdoc/>
    public string Doc =>
        "A metric that has a value for every example (its index) against the training step: each example's mean over seeds as a grey line, "
        + "the mean over all examples as a strong one.";

    /// <inheritdoc/>
    public int Version => 8;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        spec = spec with { Seeds = false, LogY = spec.LogY ?? false };
        // The examples take the place of a horizontal axis, which is the step: the points of all of them become one series.
        var preference = new LayoutPreference(
            X: ["index"], Colours: ["component"], Columns: [LayoutPreference.Axis, "split", "member"],
            Rows: ["split", LayoutPreference.Axis]);
        if (Drawn.Read(spec, data, preference, reduction: null) is not { } drawn)
        {
            return null;
        }

        var gathered = drawn with { Series = [.. drawn.Series.Select(Gathered)] };
        var horizontal = AxisScale.OfSteps(drawn.Series.SelectMany(series => series.Points).Select(point => point.X), spec.LogX);
        return new LineFigure(
            spec, data, gathered, horizontal, LineStyle.Mean,
            what: "Grey lines: single examples. Strong line: their mean. Both") { IsCrowded = true }
            .Compose("training step") with { Data = DrawnTable.Of(data.Plan, drawn) };
    }

    private static DrawnSeries Gathered(DrawnSeries series) => series with
    {
        Points = [.. series.Points.GroupBy(point => point.X)
            .Select(step => step.First() with { Point = Mean([.. step.Select(point => point.Point)]) })],
        Seeds = [.. series.Points.GroupBy(point => point.Cell).Select(example => example.Select(point => new Placed<SeedPoint>(
            point.X, point.Cell, new SeedPoint(0, point.Point.Step, point.Point.Mean))).ToImmutableArray())],
        Theory = [.. series.Theory.Where(point => point.Cell == series.Cell)],
    };

    private static CurvePoint Mean(ImmutableArray<CurvePoint> examples) =>
        examples[0] with { Mean = examples.Average(point => point.Mean), Low = double.NaN, High = double.NaN };
}
