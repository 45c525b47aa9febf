namespace Sweeper.Results.Figures;

/// <summary>
/// One figure of a sweep. A sweep file names a metric, which stands for the kind `mean_curves` of it; whatever else a
/// file may come to say of a figure (kind, panels, colour, split, axes) becomes a member here, null for automatic.
/// </summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Kind">Kind of figure.</param>
/// <param name="Metric">What is drawn.</param>
internal sealed record FigureSpec(string Name, string Kind, string Metric);
