using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Results.Figures.Kinds;

namespace Sweeper.Results.Figures;

/// <summary>Which kind a figure is of, and whether its keys go together.</summary>
internal static class KindChoice
{
    /// <summary>Kinds by the names they had before.</summary>
    private static readonly Dictionary<string, string> Former = new(StringComparer.Ordinal) { ["final_value"] = "summary" };

    private static readonly (FigureKey Key, string Name, Func<FigureSpec, bool> IsGiven)[] Keys =
    [
        (FigureKey.X, "x", spec => spec.X is not null), (FigureKey.Y, "y", spec => spec.Y is not null),
        (FigureKey.Reduce, "reduce", spec => spec.Reduce is not null), (FigureKey.Baseline, "baseline", spec => !spec.Baseline.IsEmpty),
        (FigureKey.Mark, "mark", spec => spec.Mark is not null), (FigureKey.ScaleBy, "scale_by", spec => spec.ScaleBy is not null),
        (FigureKey.Mean, "mean", spec => spec.IsGeometric), (FigureKey.Spread, "spread", spec => spec.IsVariance),
        (FigureKey.Bin, "bin", spec => spec.Bin is not null), (FigureKey.Source, "source", spec => spec.Source != MeasurementSource.Run),
    ];

    /// <summary>The kind that is asked for, else of those that understand all its keys the one that suits its metric best.</summary>
    public static IFigure Of(FigureSpec spec, MetricShape shape)
    {
        if (Named(spec) is { } named)
        {
            return named;
        }

        var given = Given(spec);
        // An axis or a number of every trial asks for points against it.
        var points = given & (FigureKey.X | FigureKey.Reduce | FigureKey.Baseline);
        return Fitting(given).MaxBy(figure => points != FigureKey.None && figure is Summary ? int.MaxValue : figure.Fit(shape))!;
    }

    /// <summary>Throws <see cref="SweepException"/> (usage) for an unknown kind, and for keys that it does not understand.</summary>
    public static void Check(FigureSpec spec)
    {
        var names = FigureCatalog.Kinds.Select(figure => figure.Kind);
        var kind = Named(spec);
        if (spec.Kind is { } unknown && kind is null)
        {
            throw new SweepException(
                ExitCode.Usage, $"there is no kind of figure '{unknown}'", NearestName.Remedy(unknown, names), spec.Place);
        }

        if (spec.Panels is { } panels && panels == spec.Rows)
        {
            throw new SweepException(ExitCode.Usage, $"'{panels}' cannot be `panels` and `rows` both",
                "give one of them another name, or remove it", spec.Place);
        }

        if (spec.IsGeometric && !spec.Baseline.IsEmpty)
        {
            throw new SweepException(
                ExitCode.Usage, "differences from a `baseline` have no geometric mean: they may be negative",
                "remove `mean` or `baseline`", spec.Place);
        }

        if (spec.IsVariance && (spec.IsGeometric || spec.Seeds || !spec.Baseline.IsEmpty))
        {
            throw new SweepException(
                ExitCode.Usage, "a variance is of all seeds together", "remove `mean`, `seeds` and `baseline`, or `spread`", spec.Place);
        }

        if (spec.Source != MeasurementSource.Run && (spec.Seeds || spec.IsGeometric || spec.IsVariance || !spec.Baseline.IsEmpty))
        {
            throw new SweepException(
                ExitCode.Usage, "predictions and discrepancies have no numbers of single seeds",
                "remove `seeds`, `mean`, `spread` and `baseline`, or `source`", spec.Place);
        }

        var given = Given(spec);
        if (kind is not null && (given & ~kind.Keys) is not FigureKey.None and var foreign)
        {
            var key = Keys.First(one => foreign.HasFlag(one.Key));
            throw new SweepException(
                ExitCode.Usage, Unfit(spec, key.Key, key.Name),
                $"remove `{key.Name}`, or ask for {KindsWith(key.Key)}", spec.Place);
        }

        if (kind is null && !Fitting(given).Any())
        {
            var together = string.Join(", ", Keys.Where(one => given.HasFlag(one.Key)).Select(one => $"'{one.Name}'"));
            var owners = Keys.Where(one => given.HasFlag(one.Key)).Select(one => $"`{one.Name}` is of {KindsWith(one.Key)}");
            throw new SweepException(
                ExitCode.Usage, $"no kind of figure has all of {together}", $"remove one of them: {string.Join("; ", owners)}", spec.Place);
        }
    }

    private static string Unfit(FigureSpec spec, FigureKey key, string name) => key switch
    {
        FigureKey.X => $"the horizontal axis of '{spec.Kind}' is not '{spec.X}'",
        FigureKey.Source =>
            $"a figure of kind '{spec.Kind}' shows the "
            + $"run{(spec.Kind == "histogram" ? " with its theory's density" : "")} and has no 'source'",
        _ => $"a figure of kind '{spec.Kind}' has no '{name}'",
    };

    private static string KindsWith(FigureKey key) =>
        string.Join(" or ", FigureCatalog.Kinds.Where(figure => figure.Keys.HasFlag(key)).Select(figure => $"kind: {figure.Kind}"));

    private static IFigure? Named(FigureSpec spec) =>
        spec.Kind is { } kind ? FigureCatalog.Kinds.FirstOrDefault(figure => figure.Kind == Former.GetValueOrDefault(kind, kind)) : null;

    private static IEnumerable<IFigure> Fitting(FigureKey given) =>
        FigureCatalog.Kinds.Where(figure => (given & ~figure.Keys) == FigureKey.None);

    private static FigureKey Given(FigureSpec spec) =>
        Keys.Where(one => one.IsGiven(spec)).Aggregate(FigureKey.None, (all, one) => all | one.Key);
}
