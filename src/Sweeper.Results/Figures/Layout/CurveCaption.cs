using System.Globalization;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Layout;

/// <summary>Counts what a reader of mean curves must know, and says it.</summary>
/// <param name="isCurve">Whether lines run over training steps, with bands; else they are points with bars.</param>
/// <param name="horizontal">The horizontal axis.</param>
/// <param name="isComplete">Whether every trial is committed: numbers that are not there are undefined.</param>
/// <param name="what">What shows the mean; null for lines or points.</param>
internal sealed class CurveCaption(bool isCurve, AxisScale horizontal, bool isComplete, string? what = null)
{
    /// <summary>The number that stands for every trial; null for whole curves.</summary>
    public Reduction? Reduction { get; init; }

    /// <summary>Whether differences at equal seeds are shown.</summary>
    public bool IsPaired { get; init; }

    /// <summary>Whether points, too, have bands and not bars.</summary>
    public bool HasBands { get; init; }

    /// <summary>Whether means are geometric.</summary>
    public bool IsGeometric { get; init; }

    /// <summary>Whether variances over seeds are shown, and no means.</summary>
    public bool IsVariance { get; init; }

    /// <summary>What is drawn, where it is no mean over seeds: a sentence.</summary>
    public string? Instead { get; init; }

    /// <summary>The one seed that is drawn, where no mean is.</summary>
    public long? OneSeed { get; init; }

    /// <summary>What is drawn of predictions, and of discrepancies' whole curves: no means over seeds. Null for others.</summary>
    /// <param name="spec">The figure.</param>
    /// <param name="data">Results.</param>
    /// <param name="what">What shows it.</param>
    public static string? OfSource(FigureSpec spec, FigureData data, string what) => spec.Source switch
    {
        MeasurementSource.Theory => $"{what}: {data.Theory?.LabelOf(spec.Metric)?.Assumption ?? "predictions."}",
        MeasurementSource.Discrepancy when spec.Reduce is not (null or Reduction.Final or Reduction.At) => $"{what}: of mean curves.",
        _ => null,
    };

    private string Seeds => most < planned && !isComplete ? $"up to {Quantity(most)}" : Quantity(planned);

    private string Intervals => isCurve || HasBands ? "Bands" : "Bars";

    /// <summary>Whether each trial's number is from a step of its own, so that a trial that diverged has one.</summary>
    private bool IsOfTrials => Reduction is not (null or Reduction.Final or Reduction.At);

    private int planned;
    private int most;
    private int fewest = int.MaxValue;
    private int mostDiverged;
    private bool isZeroLeftOut;
    private bool isZeroShown;
    private int leftOut;
    private int cutBands;
    private int cutLongBands;

    /// <summary>Takes note of a point.</summary>
    public void Count(double x, CurvePoint point)
    {
        planned = Math.Max(planned, point.Planned);
        most = Math.Max(most, point.Count);
        fewest = Math.Min(fewest, point.Count);
        mostDiverged = Math.Max(mostDiverged, point.Diverged);
        isZeroLeftOut |= x == 0 && horizontal is { IsLog: true, Zero: null };
        isZeroShown |= x == 0 && horizontal is { IsLog: true, Zero: not null };
    }

    /// <summary>A mean cannot be drawn.</summary>
    public void LeaveOut() => leftOut++;

    /// <summary>The lower end of a band cannot be drawn.</summary>
    public void CutBand() => cutBands++;

    /// <summary>An end of a band lies beyond the axis.</summary>
    public void CutLongBand() => cutLongBands++;

    /// <summary>What there is to say.</summary>
    public IEnumerable<string> Sentences
    {
        get
        {
            yield return Instead is not null ? Instead
                : OneSeed is { } seed ? Invariant($"{what} of one network: seed {seed}.")
                : IsVariance
                ? $"{(isCurve ? "Lines" : "Points")}: variance over {Seeds}. {Intervals}: 95 % confidence interval of the variance (of its "
                    + "logarithm, by the fourth moment)."
                : what is not null ? $"{what}: mean over {Seeds}."
                : planned > 1
                ? $"{(isCurve ? "Lines" : "Points")}: {(IsGeometric ? "geometric " : "")}mean over {Seeds}. {Intervals}: 95 % confidence "
                    + $"interval of the mean (Student t{(IsGeometric ? ", of the logarithm" : "")})."
                : $"{(isCurve ? "Lines" : "Points")}: one seed, hence no {Intervals.ToLowerInvariant()}.";
            if (IsOfTrials && Instead is null)
            {
                yield return "Each seed's number comes from its own curve.";
            }

            if (IsPaired)
            {
                yield return "Differences are taken at equal seeds.";
            }

            if (IsOfTrials && mostDiverged > 0)
            {
                yield return Invariant($"Up to {mostDiverged} {(mostDiverged == 1 ? "trial" : "trials")} of a point diverged; what was ")
                    + "measured before counts.";
            }

            if (fewest < planned)
            {
                yield return Reduction is Reduction.Crossing crossing && isComplete
                    ? Invariant($"Not every trial crosses {crossing.Level}: between {fewest} and {most} of {planned} seeds of a point ")
                        + "(circles) do, and the mean is theirs."
                    : mostDiverged > 0 && !IsOfTrials
                    ? Invariant($"{(what is null
                        ? $"Circles mark where trials {(isCurve ? "leave" : "are missing")} because they diverged"
                        : "Trials that diverged are left out")} ")
                        + Invariant($"(up to {mostDiverged} of a {(isCurve ? "curve" : "point")}; fewest left: {fewest}).")
                    : most == 0 && isComplete ? "There is nothing to see: the metric is undefined for all of these networks."
                    : isComplete
                        ? Invariant($"The metric is undefined for some networks: between {fewest} and {most} of ")
                            + Invariant($"{planned} seeds have a value.")
                    : Invariant($"Not all seeds are done: {Done} of {planned} of a {(isCurve ? "curve" : "point")}.");
            }

            if (isZeroLeftOut)
            {
                yield return isCurve ? "Step 0 is not shown (logarithmic axis)." : "0 is not shown (logarithmic axis).";
            }

            if (isZeroShown)
            {
                yield return "0 stands beside the logarithmic axis.";
            }

            if (leftOut > 0)
            {
                yield return Invariant($"{leftOut} means that are not finite, or not positive on a logarithmic axis, are left out.");
            }

            if (cutBands > 0)
            {
                yield return Invariant($"{Intervals} are cut at the axis at {cutBands} {(cutBands == 1 ? "place" : "places")} where their ")
                    + "lower end is not positive.";
            }

            if (cutLongBands > 0)
            {
                yield return Invariant($"{Intervals} reach beyond the axis at {cutLongBands} ")
                    + Invariant($"{(cutLongBands == 1 ? "end" : "ends")} and are cut there.");
            }
        }
    }

    private string Done => fewest == most ? Invariant($"{most}") : Invariant($"between {fewest} and {most}");

    private static string Quantity(int seeds) => Invariant($"{seeds} {(seeds == 1 ? "seed" : "seeds")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
