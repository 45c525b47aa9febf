using System.Globalization;

namespace Sweeper.Results.Figures;

/// <summary>Counts what a reader of mean curves must know, and says it.</summary>
/// <param name="isLogX">Whether steps are drawn as logarithms.</param>
internal sealed class CurveCaption(bool isLogX)
{
    private int planned;
    private int fewest = int.MaxValue;
    private int mostDiverged;
    private bool hasStepZero;
    private int leftOut;
    private int cutBands;

    /// <summary>Takes note of a point.</summary>
    public void Count(CurvePoint point)
    {
        planned = Math.Max(planned, point.Planned);
        fewest = Math.Min(fewest, point.Count);
        mostDiverged = Math.Max(mostDiverged, point.Diverged);
        hasStepZero |= point.Step == 0;
    }

    /// <summary>A mean cannot be drawn.</summary>
    public void LeaveOut() => leftOut++;

    /// <summary>The lower end of a band cannot be drawn.</summary>
    public void CutBand() => cutBands++;

    /// <summary>What there is to say.</summary>
    public IEnumerable<string> Sentences
    {
        get
        {
            yield return planned > 1
                ? Invariant($"Lines: mean over {planned} seeds. Bands: 95 % confidence interval of the mean (Student t).")
                : "Lines: one seed, hence no bands.";
            if (fewest < planned)
            {
                yield return mostDiverged > 0
                    ? Invariant($"Circles mark where trials leave because they diverged (up to {mostDiverged} of a curve; fewest left: {fewest}).")
                    : Invariant($"Not all seeds are done: between {fewest} and {planned} of a curve.");
            }

            if (isLogX && hasStepZero)
            {
                yield return "Step 0 is not shown (logarithmic axis).";
            }

            if (leftOut > 0)
            {
                yield return Invariant($"{leftOut} means that are not finite, or not positive on a logarithmic axis, are left out.");
            }

            if (cutBands > 0)
            {
                yield return Invariant($"Bands are cut at the axis at {cutBands} places where their lower end is not positive.");
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
