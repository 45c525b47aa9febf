using System.Collections.Immutable;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class GrowthCurves : IFigure
{
    /// <inheritdoc/>
    public string Kind => "growth_curves";

    /// <inheritdoc/>
    public string Doc => "Mean of one metric over seeds against the training step, everything divided by the mean at the first step.";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        var preference = new LayoutPreference(
            X: [], Colours: [Axis, "index", "component"], Columns: [Axis, "component", "index"],
            Rows: ["component", "split", "member", Axis]);
        if (Drawn.Read(spec, data, preference, reduction: null) is not { } drawn)
        {
            return null;
        }

        var grown = drawn with { Series = [.. drawn.Series.Select(Grown)] };
        var horizontal = AxisScale.OfSteps(grown.Series.SelectMany(series => series.Points).Select(point => point.X), spec.LogX);
        var figure = new LineFigure(spec, data, grown, horizontal, LineStyle.Mean).Compose("training step");
        // The CSV beside the picture has the numbers that the curves have.
        return figure with { Title = $"{figure.Title}, divided by its first value", Data = DrawnTable.Of(data.Plan, drawn) };
    }

    private static DrawnSeries Grown(DrawnSeries series)
    {
        var first = series.Points[0].Point.Mean;
        return series with
        {
            Points = [.. series.Points.Select(placed => placed with
            {
                Point = placed.Point with
                {
                    Mean = placed.Point.Mean / first, Low = placed.Point.Low / first, High = placed.Point.High / first,
                },
            })],
            Seeds = [.. series.Seeds.Select(seed => seed.Select(
                placed => placed with { Point = placed.Point with { Value = placed.Point.Value / first } }).ToImmutableArray())],
            Theory = [],
            Level = double.NaN,
        };
    }
}
