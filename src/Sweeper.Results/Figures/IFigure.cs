using System.Collections.Immutable;

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

    /// <summary>Metrics that a figure of this kind needs.</summary>
    ImmutableArray<string> Metrics(FigureSpec spec);

    /// <summary>The figure's content, or null when there are no rows to draw yet.</summary>
    SmallMultiples? Draw(FigureSpec spec, FigureData data);
}
