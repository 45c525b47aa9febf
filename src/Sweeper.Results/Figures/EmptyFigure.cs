using System.Globalization;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>A figure for which there is nothing to draw.</summary>
/// <param name="Spec">The figure.</param>
/// <param name="Reason">Why: half a sentence.</param>
/// <param name="Remedy">What there is.</param>
internal sealed record EmptyFigure(FigureSpec Spec, string Reason, string Remedy)
{
    private const int MostNamed = 12;

    /// <summary>Of a figure that came out empty.</summary>
    public static EmptyFigure Of(FigureSpec spec, FigureData data) => OfSource(spec, data.For(spec));

    private static EmptyFigure OfSource(FigureSpec spec, FigureData data) =>
        Unknown(spec, data) ?? Diverged(spec, data) ?? (data.Parts(spec.Metric).Count == 0
            ? WithoutRows(spec)
            : WithoutNumbers(spec, data) ?? (spec.Where.IsEmpty
                ? new EmptyFigure(
                    spec, $"'{spec.Metric}' has no horizontal axis with several values here",
                    "name one: `x: ...`, or ask for another `kind`")
                : spec.Source != MeasurementSource.Run
                ? new EmptyFigure(
                    spec, $"nothing is predicted of '{spec.Metric}' that satisfies all of `where`",
                    "leave one of its conditions out, or remove `source`")
                : new EmptyFigure(
                    spec, $"'{spec.Metric}' was measured for nothing that satisfies all of `where`", "leave one of its conditions out")));

    private static EmptyFigure WithoutRows(FigureSpec spec) => spec.Source == MeasurementSource.Run
        ? new EmptyFigure(spec, $"'{spec.Metric}' has no rows yet", "let the sweep train on, or see `sweeper failures`")
        : new EmptyFigure(
            spec, $"nothing is predicted of '{spec.Metric}' here",
            "remove `source`: the theory does not know this metric, or its assumptions do not hold");

    /// <summary>
    /// Of a figure that asks for a split, component, index or member that was not measured; null when all of them are there, or nothing is.
    /// </summary>
    public static EmptyFigure? Unknown(FigureSpec spec, FigureData data)
    {
        var parts = data.Parts(spec.Metric);
        foreach (var filter in parts.Count == 0 ? [] : spec.Where.Concat(spec.Baseline))
        {
            if (Known(filter.Dimension, parts) is { } known && filter.Values.FirstOrDefault(value => !known.Contains(value)) is { } unknown)
            {
                var named = known.Where(name => name.Length > 0).ToList();
                return new EmptyFigure(
                    spec,
                    $"'{spec.Metric}' {(spec.Source == MeasurementSource.Run ? "was not measured" : "is not predicted")} for "
                    + $"{filter.Dimension} '{unknown}'",
                    (NearestName.Find(unknown, named) is { } near && !IsNumber(unknown) ? $"did you mean '{near}'? " : "")
                    + (named.Count == 0
                        ? $"it has no {filter.Dimension}"
                        : $"there is: {string.Join(", ", named.Take(MostNamed))}{(named.Count > MostNamed ? ", .." : "")}"));
            }
        }

        return null;
    }

    /// <summary>Of trials that diverged before there was anything to draw: no axis mends that.</summary>
    private static EmptyFigure? Diverged(FigureSpec spec, FigureData data) =>
        data.HaveAllDiverged && (spec.X is not null || data.Steps(spec.Metric) < 2)
        ? new EmptyFigure(
            spec, $"all trials diverged before the {(spec.X is null ? "second measurement" : "end")}",
            "make the learning rate or the initial scale smaller; `sweeper failures` says at which step")
        : null;

    /// <summary>Of a figure whose `reduce` no curve has.</summary>
    private static EmptyFigure? WithoutNumbers(FigureSpec spec, FigureData data) => spec.Reduce switch
    {
        Reduction.At at when data.StepsNear(spec.Metric, at.Step, 3) is var near && near.All(step => step != at.Step) =>
            new EmptyFigure(
                spec, FormattableString.Invariant($"'{spec.Metric}' was not measured at step {at.Step}"),
                $"measured steps near it: {string.Join(", ", near)}"),
        Reduction.Crossing crossing when data.Range(spec.Metric) is var (lowest, highest)
            && !(crossing.Level >= lowest && crossing.Level <= highest) =>
            new EmptyFigure(
                spec, FormattableString.Invariant($"no curve of '{spec.Metric}' crosses {crossing.Level}"),
                FormattableString.Invariant($"its values lie between {lowest:G4} and {highest:G4}")),
        _ => null,
    };

    /// <summary>Usage: the figure was asked for by name.</summary>
    public SweepException ToException() => new(ExitCode.Usage, $"figure '{Spec.Name}' has nothing to draw: {Reason}", Remedy, Spec.Place);

    /// <summary>One line.</summary>
    public override string ToString() => $"figure '{Spec.Name}' has nothing to draw: {Reason}; {Remedy}";

    private static bool IsNumber(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static List<string>? Known(string dimension, IReadOnlyList<SeriesPart> parts) => dimension switch
    {
        "split" => [.. parts.Select(part => part.Split).Distinct().Order(StringComparer.Ordinal)],
        "component" => [.. parts.Select(part => part.Component).Distinct().Order(ComponentOrder.Instance)],
        "index" => Numbers(parts.Select(part => part.Index)),
        "member" => Numbers(parts.Select(part => part.Member)),
        _ => null,
    };

    private static List<string> Numbers(IEnumerable<int> numbers) =>
        [.. numbers.Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
