using System.Collections.Immutable;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures;

/// <summary>One colour of one panel: the mean, and what is drawn under and over it.</summary>
/// <param name="Cell">Where it is drawn; of several places of the horizontal axis the first.</param>
/// <param name="Points">The mean, from left to right.</param>
/// <param name="Seeds">Single seeds.</param>
/// <param name="Theory">The prediction, from left to right.</param>
/// <param name="Level">The teacher's value; NaN where it is not known.</param>
internal sealed record DrawnSeries(
    PanelCell Cell, ImmutableArray<Placed<CurvePoint>> Points, ImmutableArray<ImmutableArray<Placed<SeedPoint>>> Seeds, ImmutableArray<Placed<CurvePoint>> Theory, double Level);

/// <summary>A number with its place on the horizontal axis.</summary>
/// <param name="X">A step, or a position on the axis of a dimension.</param>
/// <param name="Cell">The curve that it belongs to.</param>
/// <param name="Point">The number.</param>
internal sealed record Placed<T>(double X, PanelCell Cell, T Point);

/// <summary>What is drawn of a metric, in all panels.</summary>
/// <param name="Layout">Where.</param>
/// <param name="Series">What.</param>
/// <param name="Seeds">The seeds drawn singly.</param>
/// <param name="Ended">Points without a final value: all their trials diverged before the end.</param>
/// <param name="IsComplete">Whether every trial of these curves is committed: a number that is not there is undefined.</param>
internal sealed record Drawn(PanelLayout Layout, ImmutableArray<DrawnSeries> Series, ImmutableArray<long> Seeds, int Ended, bool IsComplete)
{
    private const int MostSeeds = 12;

    /// <summary>Reads what a figure shows; null when there is nothing yet.</summary>
    /// <param name="spec">The figure.</param>
    /// <param name="data">Results.</param>
    /// <param name="preference">Layout that its kind likes.</param>
    /// <param name="isFinal">Whether only the last step of every curve counts, against a dimension.</param>
    public static Drawn? Read(FigureSpec spec, FigureData data, LayoutPreference preference, bool isFinal)
    {
        var parts = data.Parts(spec.Metric);
        var selection = new CurveSelection(data.Plan, parts, spec);
        if (selection.IsEmpty)
        {
            return null;
        }

        var layout = PanelLayout.Choose(selection.Dimensions, spec, preference);
        layout = layout with { Notes = [.. layout.Notes, .. selection.Notes] };
        var cells = layout.Cells(selection).ToList();
        var curves = cells.Select(cell => cell.Selected.Curve).Distinct().ToList();
        ImmutableArray<long> seeds = spec.Seeds ? [.. data.Plan.Seeds.Take(MostSeeds)] : [];
        var run = data.Curves(spec.Metric, "run", curves);
        var theory = data.Curves(spec.Metric, "theory", curves);
        var single = spec.Seeds ? data.Seeds(spec.Metric, seeds, curves) : null;
        var lasts = new Dictionary<CurveId, long>();
        long Last(PanelCell cell) => lasts.TryGetValue(cell.Selected.Curve, out var step) ? step : lasts[cell.Selected.Curve] = LastAsked(data.Plan, cell.Selected.Point, spec.Metric);
        ImmutableArray<DrawnSeries> series =
        [
            .. cells.GroupBy(cell => (cell.Row, cell.Column, cell.Colour)).Select(group =>
            {
                ImmutableArray<Placed<CurvePoint>> Points(ILookup<(string, SeriesPart), CurvePoint> source) =>
                    [.. group.SelectMany(cell => source[cell.Key].Where(point => !isFinal || point.Step == Last(cell)).Select(point => new Placed<CurvePoint>(X(cell, point.Step), cell, point))).OrderBy(point => point.X)];
                double X(PanelCell cell, long step) => !isFinal ? step
                    : layout.X.Dimension is { IsNumeric: true } dimension ? dimension.Numbers[cell.X] : layout.X.Values.IndexOf(cell.X);
                return new DrawnSeries(group.First(), Points(run), single is null ? [] :
                [
                    .. group.SelectMany(cell => single[cell.Key].GroupBy(point => point.Seed)
                        .SelectMany(seed => seed.Where(point => !isFinal || point.Step == Last(cell))
                            .Select(point => new Placed<SeedPoint>(X(cell, point.Step), cell, point))))
                        .GroupBy(point => point.Point.Seed).Select(seed => seed.OrderBy(point => point.X).ToImmutableArray()),
                ], Points(theory), isFinal ? double.NaN : Level(data, spec.Metric, group.First()));
            }).Where(drawn => drawn.Points.Length > 0),
        ];
        var ended = isFinal ? cells.Count(cell => run[cell.Key].Any() && run[cell.Key].All(point => point.Step != Last(cell))) : 0;
        return series.IsEmpty ? null : new Drawn(layout.Only([.. series.Select(drawn => drawn.Cell)]), series, seeds, ended, data.IsComplete(curves));
    }

    private static long LastAsked(SweepPlan plan, Core.Experiments.Point point, string metric) =>
        plan.ScheduleFor(point).Snapshots.Last(snapshot => snapshot.Metrics.Any(asked => asked.Name == metric)).Step;

    private static double Level(FigureData data, string metric, PanelCell cell) =>
        data.Theory?.TeacherLevels(cell.Selected.Point, metric) is { } levels && cell.Selected.Part.Index < levels.Length ? levels[cell.Selected.Part.Index] : double.NaN;
}
