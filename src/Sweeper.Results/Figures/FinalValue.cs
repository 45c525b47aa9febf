using Sweeper.Core.Sweeps;
using static Sweeper.Results.Figures.LayoutPreference;

namespace Sweeper.Results.Figures;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class FinalValue : IFigure
{
    /// <inheritdoc/>
    public string Kind => "final_value";

    /// <inheritdoc/>
    public string Doc => "The last measurement of one metric against an axis of the sweep: mean over seeds, bars for its 95 % confidence interval; one colour for each value of another axis.";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public bool TakesX => true;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => shape is { Steps: 1, IsSwept: true } ? 4 : 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        var preference = new LayoutPreference(
            X: [Axis, "index", "component"], Colours: [Axis, "component", "index", "split"], Columns: [Axis, "component", "index", "split"], Rows: ["split", "component", "index", "member", Axis]);
        if (Drawn.Read(spec, data, preference, isFinal: true) is not { Layout.X.Dimension: { } dimension } drawn)
        {
            return null;
        }

        var horizontal = AxisScale.OfDimension(dimension, spec.LogX);
        var steps = drawn.Series.SelectMany(series => series.Points).Select(point => point.Point.Step).Distinct().ToList();
        return new LineFigure(spec, data, drawn, horizontal, dimension.IsNumeric ? LineStyle.Points : LineStyle.Loose).Compose(
            dimension.Title, steps.Count == 1 ? FormattableString.Invariant($" at step {steps[0]}") : " at the end");
    }
}
