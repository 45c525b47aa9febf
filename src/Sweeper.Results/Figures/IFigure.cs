using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Kinds;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures;

/// <summary>
/// A kind of figure: one class in a file of its own, found by reflection. <see cref="StepCurves"/> draws lines against the training
/// step for any of them.
/// </summary>
internal interface IFigure
{
    /// <summary>Name of the kind in sweep files (`kind: ...`): snake_case.</summary>
    string Kind { get; }

    /// <summary>What it shows, in one or two sentences.</summary>
    string Doc { get; }

    /// <summary>Raised when the same data would be drawn otherwise: figures of all folders are then drawn anew.</summary>
    int Version { get; }

    /// <summary>How well it shows a metric for which the file names no kind: the highest is taken, 0 is never.</summary>
    int Fit(MetricShape shape);

    /// <summary>
    /// The keys of a figure that it understands beside those that all kinds do; a figure that has another one is refused.
    /// </summary>
    FigureKey Keys => FigureKey.None;

    /// <summary>The figure's content, or null when there are no rows to draw yet. That its metric is measured is checked before.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="data">The plan and its curves.</param>
    SmallMultiples? Draw(FigureSpec spec, FigureData data);
}

/// <summary>What there is of a metric.</summary>
/// <param name="Steps">At how many steps it was measured.</param>
/// <param name="Indices">Values of a row: modes, singular values.</param>
/// <param name="Components">Layers, or pairs of them.</param>
/// <param name="IsSwept">Whether the sweep has an axis of at least two values.</param>
/// <param name="AreLines">Whether components are best shown as lines.</param>
internal sealed record MetricShape(long Steps, int Indices, int Components, bool IsSwept, bool AreLines = false);
