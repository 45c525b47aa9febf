using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class SpectrumCurves : IFigure
{
    // A spectrum is read as a whole: neighbouring lines need not be told apart.
    private const int MostValues = int.MaxValue;

    /// <inheritdoc/>
    public string Kind => "spectrum_curves";

    /// <inheritdoc/>
    public string Doc =>
        "Singular values of every layer against the training step, the largest darkest: mean over seeds with its 95 % confidence interval; "
        + "one panel for each layer.";

    /// <inheritdoc/>
    public int Version => 8;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source | FigureKey.Mark;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => shape is { Indices: > 1, Components: > 1, Steps: > 1 } ? 3 : 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data) =>
        StepCurves.Draw(spec with { LogY = spec.LogY ?? false }, data, new LayoutPreference(
            X: [], Colours: ["index"], Columns: ["component", Axis], Rows: [Axis, "split"]) { MostColours = MostValues });
}
