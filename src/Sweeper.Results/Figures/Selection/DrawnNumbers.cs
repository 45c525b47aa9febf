using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Curves;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures.Selection;

/// <summary>Where the numbers of a figure come from, cell by cell.</summary>
/// <param name="Means">Statistics over seeds, by ascending step.</param>
/// <param name="Theory">Predictions, by ascending step.</param>
/// <param name="Seeds">Single seeds, by ascending step.</param>
internal sealed record DrawnNumbers(
    Func<PanelCell, IEnumerable<CurvePoint>> Means, Func<PanelCell, IEnumerable<CurvePoint>> Theory, Func<PanelCell,
    IEnumerable<SeedPoint>> Seeds)
{
    private const int MostSeeds = 12;

    /// <summary>The seeds that are drawn singly.</summary>
    public static IEnumerable<long> SeedsOf(FigureSpec spec, FigureData data) => spec.Seeds ? data.Plan.Seeds.Take(MostSeeds) : [];

    /// <summary>Reads them.</summary>
    /// <param name="spec">The figure.</param>
    /// <param name="data">Results.</param>
    /// <param name="cells">What is drawn.</param>
    /// <param name="reduction">The number that stands for a curve; null for all of the curve.</param>
    public static DrawnNumbers Read(FigureSpec spec, FigureData data, IReadOnlyCollection<PanelCell> cells, Reduction? reduction) =>
        spec.Source != MeasurementSource.Run && reduction is not (null or Reduction.Final or Reduction.At)
            ? OfMeans(spec, data, cells, reduction)
        : reduction is not null
            && (!spec.Baseline.IsEmpty || spec.IsGeometric || spec.IsVariance || reduction is not (Reduction.Final or Reduction.At))
            ? OfTrials(spec, data, cells, reduction)
            : OfCurves(spec, data, cells, reduction);

    /// <summary>Whole mean curves, or their values at one step: what `curves.parquet` has.</summary>
    private static DrawnNumbers OfCurves(FigureSpec spec, FigureData data, IReadOnlyCollection<PanelCell> cells, Reduction? reduction)
    {
        var curves = cells.Select(cell => cell.Selected.Curve).Distinct().ToList();
        var own = data.Curves(spec.Metric, spec.Source, curves);
        var theory = spec.Source == MeasurementSource.Run ? data.Curves(spec.Metric, MeasurementSource.Theory, curves) : null;
        var variances = new PredictedVariances(spec, data);
        var every = spec.IsGeometric || spec.IsVariance ? data.Seeds(spec.Metric, [.. data.Plan.Seeds], curves) : null;
        var single = spec.Seeds ? data.Seeds(spec.Metric, [.. SeedsOf(spec, data)], curves) : null;
        var steps = new Dictionary<string, long>(StringComparer.Ordinal);
        return new DrawnNumbers(
            cell => Reduced(cell, own[cell.Key].Where(point => IsAsked(cell, point.Step))),
            cell => (spec.IsVariance ? variances.Of(cell.Selected) : theory?[cell.Key])?.Where(point => IsAsked(cell, point.Step)) ?? [],
            cell => single?[cell.Key].Where(point => IsAsked(cell, point.Step)) ?? []);

        IEnumerable<CurvePoint> Reduced(PanelCell cell, IEnumerable<CurvePoint> points)
        {
            if (every is null)
            {
                return points;
            }

            var steps = every[cell.Key].Where(point => double.IsFinite(point.Value)).ToLookup(point => point.Step, point => point.Value);
            return points.Select(point => SeedStatistics.For(spec, steps[point.Step].ToArray()) is var mean
                ? point with { Mean = mean.Mean, Low = mean.Low, High = mean.High } : point);
        }

        bool IsAsked(PanelCell cell, long? step) => reduction switch
        {
            Reduction.At at => step == at.Step,
            Reduction.Final => step == (steps.TryGetValue(cell.Selected.Curve.Hex, out var last)
                ? last : steps[cell.Selected.Curve.Hex] = LastAsked(data.Plan, cell.Selected.Point, spec.Metric)),
            _ => true,
        };
    }

    /// <summary>One number of every mean curve: of predictions and discrepancies there are no others.</summary>
    private static DrawnNumbers OfMeans(FigureSpec spec, FigureData data, IReadOnlyCollection<PanelCell> cells, Reduction reduction)
    {
        var curves = data.Curves(spec.Metric, spec.Source, [.. cells.Select(cell => cell.Selected.Curve).Distinct()]);
        return new DrawnNumbers(
            cell => ReducedCurve.Of([.. curves[cell.Key]], reduction) is { } value
                ? [new CurvePoint(null, 1, 1, 0, value, double.NaN, double.NaN)]
                : [],
            _ => [], _ => []);
    }

    /// <summary>One number of every trial, or its difference to that of the baseline's trial with the same seed.</summary>
    private static DrawnNumbers OfTrials(FigureSpec spec, FigureData data, IReadOnlyCollection<PanelCell> cells, Reduction reduction)
    {
        var isPaired = !spec.Baseline.IsEmpty;
        var curves = cells.SelectMany(cell => (SelectedCurve?[])[cell.Selected, cell.Baseline]).OfType<SelectedCurve>()
            .Select(selected => selected.Curve).Distinct().ToList();
        var numbers = data.Numbers(spec.Metric, reduction, curves);
        var theory = data.Curves(spec.Metric, MeasurementSource.Theory, curves);
        var variances = new PredictedVariances(spec, data);
        var counts = data.Counts(curves);
        var shown = SeedsOf(spec, data).ToHashSet();
        return new DrawnNumbers(
            cell =>
            {
                var values = Values(cell);
                var statistics = SeedStatistics.For(spec, values.Values.ToArray());
                var (planned, diverged) = counts[cell.Selected.Curve.Hex];
                return statistics.Count == 0 ? [] : [new CurvePoint(
                    StepOf(cell), statistics.Count, planned, diverged, statistics.Mean, statistics.Low, statistics.High)];
            },
            cell => Predicted(cell) is { } value ? [new CurvePoint(StepOf(cell), 1, 1, 0, value, double.NaN, double.NaN)] : [],
            cell => Values(cell).Where(pair => shown.Contains(pair.Key)).Select(pair => new SeedPoint(pair.Key, StepOf(cell), pair.Value)));

        long? StepOf(PanelCell cell) => reduction switch
        {
            Reduction.At at => at.Step,
            Reduction.Final => LastAsked(data.Plan, cell.Selected.Point, spec.Metric),
            _ => null,
        };

        double? Predicted(PanelCell cell)
        {
            if (spec.IsVariance)
            {
                return StepOf(cell) is { } step ? variances.Of(cell.Selected).FirstOrDefault(point => point.Step == step)?.Mean : null;
            }

            var own = ReducedCurve.Of([.. theory[cell.Selected.Key]], reduction);
            return !isPaired ? own : cell.Baseline is { } other ? own - ReducedCurve.Of([.. theory[other.Key]], reduction) : null;
        }

        SortedDictionary<long, double> Values(PanelCell cell)
        {
            var own = Finite(cell.Selected);
            return !isPaired ? new(own) : cell.Baseline is { } other ? PairedDifferences.Of(own, Finite(other)) : [];
        }

        Dictionary<long, double> Finite(SelectedCurve selected) =>
            numbers[selected.Key].Where(one => double.IsFinite(one.Value)).ToDictionary(one => one.Seed, one => one.Value);
    }

    private static long LastAsked(SweepPlan plan, Point point, string metric) =>
        plan.ScheduleFor(point).Snapshots.Last(snapshot => snapshot.Metrics.Any(asked => asked.Name == metric)).Step;
}
