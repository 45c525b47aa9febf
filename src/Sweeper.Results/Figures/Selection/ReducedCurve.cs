using Sweeper.Core.Measurements;

namespace Sweeper.Results.Figures.Selection;

/// <summary>One number of a predicted curve, as <see cref="Query.TrialNumbers"/> takes it of measured ones.</summary>
internal static class ReducedCurve
{
    /// <summary>The number; null where the curve has none.</summary>
    /// <param name="points">By ascending step.</param>
    /// <param name="by">Which number.</param>
    public static double? Of(IReadOnlyList<CurvePoint> points, Reduction by)
    {
        if (points.Count == 0)
        {
            return null;
        }

        return by switch
        {
            Reduction.Final => points[^1].Mean,
            Reduction.At at => points.FirstOrDefault(point => point.Step == at.Step)?.Mean,
            Reduction.Minimum => points.MinBy(point => point.Mean)!.Mean,
            Reduction.Maximum => points.MaxBy(point => point.Mean)!.Mean,
            Reduction.ArgMinimum => points.MinBy(point => point.Mean)!.Step,
            Reduction.ArgMaximum => points.MaxBy(point => point.Mean)!.Step,
            Reduction.Crossing crossing => points.FirstOrDefault(HasReached(crossing.Level))?.Step,
            _ => throw new ArgumentException($"unknown reduction {by}"),
        };

        Func<CurvePoint, bool> HasReached(double level) =>
            points[0].Mean > level ? point => point.Mean <= level : point => point.Mean >= level;
    }
}
