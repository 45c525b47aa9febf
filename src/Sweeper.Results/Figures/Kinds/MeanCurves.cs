using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class MeanCurves : IFigure
{
    /// <inheritdoc/>
    public string Kind => "mean_curves";

    /// <inheritdoc/>
    public string Doc =>
        "Mean of one metric over seeds against the training step, with the 95 % confidence interval of the mean as a band; one panel for "
        + "each value of one axis, one colour for each value of another. `mean: geometric` averages logarithms, `spread: variance` shows "
        + "the variance over seeds.";

    /// <inheritdoc/>
    public int Version => 8;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source | FigureKey.Mark | FigureKey.Mean | FigureKey.Spread;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => 1;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data) => StepCurves.Draw(spec, data, new LayoutPreference(
        X: [], Colours: [Axis, "index", "component", "split", "member"], Columns: [Axis, "index", "component", "split", "member"],
        Rows: ["index", "component", "split", "member", Axis]));
}
