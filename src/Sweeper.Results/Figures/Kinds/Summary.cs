using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class Summary : IFigure
{
    /// <inheritdoc/>
    public string Kind => "summary";

    /// <inheritdoc/>
    public string Doc =>
        "One number of every trial against an axis of the sweep, by `reduce`: its last, smallest or largest value, the step of it, or the "
        + "first step that crosses a threshold; or the difference to a `baseline` at equal seeds. Mean over seeds with its 95 % confidence "
        + "interval; one colour for each value of another axis. `mean: geometric` averages logarithms, `spread: variance` shows the "
        + "variance over seeds. The same number of a prediction is a dashed line.";

    /// <inheritdoc/>
    public int Version => 8;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source | FigureKey.X | FigureKey.Reduce | FigureKey.Baseline | FigureKey.Mean | FigureKey.Spread;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => shape is { Steps: 1, IsSwept: true } ? 4 : 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        spec = WithComparison(spec);
        var preference = new LayoutPreference(
            X: [Axis, "index", "component"], Colours: [Axis, "component", "index", "split"], Columns: [Axis, "component", "index", "split"],
            Rows: ["split", "component", "index", "member", Axis]);
        if (Drawn.Read(spec, data, preference, spec.Reduce ?? new Reduction.Final()) is not { Layout.X.Dimension: { } dimension } drawn)
        {
            return null;
        }

        return new LineFigure(
            spec, data, drawn, AxisScale.OfDimension(dimension, spec.LogX), dimension.IsNumeric ? LineStyle.Points : LineStyle.Loose)
            .Compose(dimension.Title);
    }

    /// <summary>What is compared is shown: along the horizontal axis, or as colours.</summary>
    private static FigureSpec WithComparison(FigureSpec spec)
    {
        if (spec.Baseline is not [var compared, ..]
            || ((string?[])[spec.X, spec.Colour, spec.Panels, spec.Rows]).Contains(compared.Dimension))
        {
            return spec;
        }

        return spec.X is null && compared.Dimension is not ("split" or "member") ? spec with { X = compared.Dimension }
            : spec.Colour is null ? spec with { Colour = compared.Dimension } : spec;
    }
}
