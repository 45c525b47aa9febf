using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Kinds;

/// <summary>What all figures against the training step have in common.</summary>
internal static class StepCurves
{
    /// <summary>Lines with bands, single seeds under them, predictions over them; null when there is nothing to draw.</summary>
    public static SmallMultiples? Draw(FigureSpec spec, FigureData data, LayoutPreference preference)
    {
        if (Drawn.Read(spec, data, preference, reduction: null) is not { } drawn)
        {
            return null;
        }

        var horizontal = AxisScale.OfSteps(drawn.Series.SelectMany(series => series.Points).Select(point => point.X), spec.LogX);
        return new LineFigure(spec, data, drawn, horizontal, LineStyle.Mean).Compose("training step");
    }
}
