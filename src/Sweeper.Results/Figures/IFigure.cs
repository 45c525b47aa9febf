using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures;

/// <summary>A kind of figure: one class in a file of its own, found by reflection.</summary>
internal interface IFigure
{
    /// <summary>Name of the kind: snake_case.</summary>
    string Kind { get; }

    /// <summary>What it shows, in one or two sentences.</summary>
    string Doc { get; }

    /// <summary>Raised when the same data would be drawn otherwise.</summary>
    int Version { get; }

    /// <summary>How well it shows a metric for which the file names no kind: the highest is taken, 0 is never.</summary>
    int Fit(MetricShape shape);

    /// <summary>Whether its horizontal axis is a dimension (`x`) and not the training step.</summary>
    bool TakesX => false;

    /// <summary>The figure's content, or null when there are no rows to draw yet.</summary>
    SmallMultiples? Draw(FigureSpec spec, FigureData data);
}

/// <summary>What there is of a metric.</summary>
/// <param name="Steps">At how many steps it was measured.</param>
/// <param name="Indices">Values of a row: modes, singular values.</param>
/// <param name="Components">Layers, or pairs of them.</param>
/// <param name="IsSwept">Whether the sweep has an axis of at least two values.</param>
internal sealed record MetricShape(long Steps, int Indices, int Components, bool IsSwept);
