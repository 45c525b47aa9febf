using ScottPlot;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>
/// Draws nothing and takes the dashes off the paint that all of a plot share: markers behind a dashed line would be dashed too.
/// </summary>
internal sealed class SolidPaint : IPlottable
{
    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    /// <inheritdoc/>
    public void Render(RenderPack rp) => rp.Paint.SKPaint.PathEffect = null;
}
