using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using static Sweeper.Results.Figures.Layout.LayoutPreference;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>See <see cref="IFigure.Doc"/>.</summary>
internal sealed class ModeCurves : IFigure
{
    /// <inheritdoc/>
    public string Kind => "mode_curves";

    /// <inheritdoc/>
    public string Doc =>
        "Modes against the training step, the strongest darkest: strength or alignment, mean over seeds with its 95 % confidence interval; "
        + "dotted where the teacher's modes are, where they are known.";

    /// <inheritdoc/>
    public int Version => 7;

    /// <inheritdoc/>
    public FigureKey Keys => FigureKey.Source | FigureKey.Mark;

    /// <inheritdoc/>
    public int Fit(MetricShape shape) => shape is { Indices: > 1, Components: 1, Steps: > 1 } ? 2 : 0;

    /// <inheritdoc/>
    public SmallMultiples? Draw(FigureSpec spec, FigureData data) =>
        StepCurves.Draw(spec with { LogY = spec.LogY ?? false }, data, new LayoutPreference(
            X: [], Colours: ["index"], Columns: [Axis, "component", "member"], Rows: [Axis, "component"]));
}
