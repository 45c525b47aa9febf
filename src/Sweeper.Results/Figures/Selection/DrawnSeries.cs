using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;

namespace Sweeper.Results.Figures.Selection;

/// <summary>One colour of one panel: the mean, and what is drawn under and over it.</summary>
/// <param name="Cell">Where it is drawn; of several places of the horizontal axis the first.</param>
/// <param name="Points">The mean, from left to right.</param>
/// <param name="Seeds">Single seeds.</param>
/// <param name="Theory">The prediction, from left to right.</param>
/// <param name="Level">The teacher's value; NaN where it is not known.</param>
internal sealed record DrawnSeries(
    PanelCell Cell, ImmutableArray<Placed<CurvePoint>> Points, ImmutableArray<ImmutableArray<Placed<SeedPoint>>> Seeds,
    ImmutableArray<Placed<CurvePoint>> Theory, double Level);

/// <summary>A number with its place on the horizontal axis.</summary>
/// <param name="X">A step, or a position on the axis of a dimension.</param>
/// <param name="Cell">The curve that it belongs to.</param>
/// <param name="Point">The number.</param>
internal sealed record Placed<T>(double X, PanelCell Cell, T Point);

/// <summary>What is drawn of a metric, in all panels.</summary>
/// <param name="Layout">Where.</param>
/// <param name="Series">What.</param>
/// <param name="Reduction">The number that stands for every trial; null for whole curves.</param>
internal sealed record Drawn(PanelLayout Layout, ImmutableArray<DrawnSeries> Series, Reduction? Reduction)
{
    /// <summary>Whose numbers the points are.</summary>
    public MeasurementSource Source { get; private init; }

    /// <summary>The seeds drawn singly.</summary>
    public ImmutableArray<long> Seeds { get; private init; } = [];

    /// <summary>The one seed whose numbers stand where else means do.</summary>
    public long? OneSeed { get; private init; }

    /// <summary>Points that have rows and no number of this kind.</summary>
    public int Missing { get; private init; }

    /// <summary>Whether every trial of these curves is committed: a number that is not there is undefined.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>Whether differences at equal seeds are drawn; what they are to, in words, else null.</summary>
    public string? Against { get; private init; }

    /// <summary>The one split that is drawn; null for none or several.</summary>
    public string? Split =>
        Series.Select(series => series.Cell.Selected.Part.Split).Distinct().ToList() is [{ Length: > 0 } split] ? split : null;

    /// <summary>For which values of axes nothing is predicted: a sentence where predictions are drawn, else null.</summary>
    public string? Unpredicted { get; private init; }

    /// <summary>Reads what a figure shows; null when there is nothing yet.</summary>
    /// <param name="spec">The figure.</param>
    /// <param name="data">Results.</param>
    /// <param name="preference">Layout that its kind likes.</param>
    /// <param name="reduction">The number that stands for a curve, against a dimension; null for curves against the training step.</param>
    public static Drawn? Read(FigureSpec spec, FigureData data, LayoutPreference preference, Reduction? reduction)
    {
        var selection = new CurveSelection(data.Plan, data.Parts(spec.Metric), spec);
        if (selection.IsEmpty)
        {
            return null;
        }

        var layout = PanelLayout.Choose(selection.Dimensions, spec, preference);
        layout = layout with { Notes = [.. layout.Notes, .. selection.Notes] };
        var cells = layout.Cells(selection).ToList();
        var numbers = DrawnNumbers.Read(spec, data, cells, reduction);
        ImmutableArray<DrawnSeries> series =
        [
            .. cells.GroupBy(cell => (cell.Row, cell.Column, cell.Colour)).Select(group => new DrawnSeries(
                group.First(), AllOf(group, numbers.Means),
                [.. group.SelectMany(cell => numbers.Seeds(cell).Select(point => new Placed<SeedPoint>(X(cell, point.Step), cell, point)))
                    .GroupBy(point => point.Point.Seed).Select(seed => seed.OrderBy(point => point.X).ToImmutableArray())],
                AllOf(group, numbers.Theory),
                reduction is null && data.Source != MeasurementSource.Discrepancy ? Level(data, spec.Metric, group.First()) : double.NaN))
                .Where(drawn => drawn.Points.Length > 0),
        ];
        var there = series.SelectMany(drawn => drawn.Points).Select(point => point.Cell).ToHashSet();
        var hasPredictions = data.Source != MeasurementSource.Run || series.Any(drawn => !drawn.Theory.IsEmpty);
        return series.IsEmpty ? null : new Drawn(layout.Only([.. series.Select(drawn => drawn.Cell)]), series, reduction)
        {
            Source = data.Source,
            Unpredicted = hasPredictions ? Selection.Unpredicted.Sentence(spec, data, layout, cells) : null,
            Seeds = [.. DrawnNumbers.SeedsOf(spec, data)],
            Missing = reduction is null
                ? 0 : data.Measured(spec.Metric, [.. cells.Where(cell => !there.Contains(cell)).Select(cell => cell.Selected)]),
            IsComplete = data.IsComplete([.. cells.Select(cell => cell.Selected.Curve).Distinct()]),
            Against = selection.Baseline is { } baseline ? selection.Dimensions[baseline.Place].Describe(baseline.Position) : null,
        };

        ImmutableArray<Placed<CurvePoint>> AllOf(IEnumerable<PanelCell> group, Func<PanelCell, IEnumerable<CurvePoint>> source) =>
            [.. group.SelectMany(cell => source(cell).Select(point => new Placed<CurvePoint>(X(cell, point.Step), cell, point)))
                .OrderBy(point => point.X)];

        double X(PanelCell cell, long? step) => reduction is null ? step!.Value
            : layout.X.Dimension is { IsNumeric: true } dimension ? dimension.Numbers[cell.X] : layout.X.Values.IndexOf(cell.X);
    }

    /// <summary>
    /// The same of one seed, the first that has numbers: for what no mean may be taken of, such as directions, which each network has of
    /// its own.
    /// </summary>
    public static Drawn? ReadOneSeed(FigureSpec spec, FigureData data, LayoutPreference preference, Reduction reduction)
    {
        if (Read(spec with { Seeds = true }, data, preference, reduction) is not { } drawn
            || drawn.Series.SelectMany(series => series.Seeds).Select(seed => (long?)seed[0].Point.Seed).Min() is not { } first)
        {
            return null;
        }

        return drawn with
        {
            Series =
            [
                .. drawn.Series.Select(series => series with { Seeds = [.. series.Seeds.Where(IsFirst)] })
                    .Where(series => series.Seeds.Length > 0)
                    .Select(series => series with { Points = [.. series.Seeds[0].Select(Alone)] }),
            ],
            Seeds = [first],
            OneSeed = first,
        };

        bool IsFirst(ImmutableArray<Placed<SeedPoint>> seed) => seed[0].Point.Seed == first;

        static Placed<CurvePoint> Alone(Placed<SeedPoint> placed) =>
            new(placed.X, placed.Cell, new CurvePoint(placed.Point.Step, 1, 1, 0, placed.Point.Value, double.NaN, double.NaN));
    }

    private static double Level(FigureData data, string metric, PanelCell cell) =>
        data.Theory?.TeacherLevels(cell.Selected.Point, metric) is { } levels && cell.Selected.Part.Index < levels.Length
            ? levels[cell.Selected.Part.Index] : double.NaN;
}
