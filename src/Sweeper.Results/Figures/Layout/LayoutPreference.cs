using System.Collections.Immutable;

namespace Sweeper.Results.Figures.Layout;

/// <summary>
/// Which dimensions a kind of figure likes best for what: names of parts of a metric, and <see cref="Axis"/> for the axes of
/// the sweep, the longest first. What the file asks for comes before.
/// </summary>
/// <param name="X">The horizontal axis; empty where it is the training step.</param>
/// <param name="Colours">Colours.</param>
/// <param name="Columns">Panels side by side.</param>
/// <param name="Rows">Panels one above the other.</param>
internal sealed record LayoutPreference(
    ImmutableArray<string> X, ImmutableArray<string> Colours, ImmutableArray<string> Columns, ImmutableArray<string> Rows)
{
    /// <summary>Any axis of the sweep.</summary>
    public const string Axis = "axis";

    /// <summary>Colours at most.</summary>
    public int MostColours { get; init; } = 7;

    /// <summary>Dimension that the figure lays out by itself; null for none.</summary>
    public string? Taken { get; init; }
}
