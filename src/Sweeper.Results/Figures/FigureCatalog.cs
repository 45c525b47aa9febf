using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures;

/// <summary>The kinds of figures this build knows, and which figures a plan has.</summary>
public static class FigureCatalog
{
    private const int MostNamed = 12;

    /// <summary>All kinds, by name.</summary>
    internal static ImmutableArray<IFigure> Kinds { get; } =
        [.. typeof(IFigure).Assembly.GetTypes()
            .Where(type => typeof(IFigure).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })
            .Select(type => (IFigure)Activator.CreateInstance(type)!)
            .OrderBy(figure => figure.Kind, StringComparer.Ordinal)];

    /// <summary>
    /// Refuses a plan with figures that cannot be drawn: throws
    /// <see cref="SweepException"/> (usage).
    /// </summary>
    public static void Check(SweepPlan plan)
    {
        var faults = new List<SweepException>();
        foreach (var spec in plan.Figures)
        {
            try
            {
                Check(plan, spec);
            }
            catch (SweepException fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw SweepException.Together([.. faults]);
        }
    }

    /// <summary>
    /// Refuses a figure whose kind is unknown, or has not all of its keys, whatever the plan: throws <see cref="SweepException"/> (usage).
    /// </summary>
    public static void CheckKind(FigureSpec spec) => KindChoice.Check(spec);

    /// <summary>The same for one figure.</summary>
    internal static void Check(SweepPlan plan, FigureSpec spec)
    {
        KindChoice.Check(spec);
        CheckAxis(plan, spec, "x", spec.X, "to draw against");
        CheckAxis(plan, spec, "colour", spec.Colour, "to tell apart by");
        CheckAxis(plan, spec, "panels", spec.Panels, "to tell apart by");
        CheckAxis(plan, spec, "rows", spec.Rows, "to tell apart by");
        CheckAxis(plan, spec, "y", spec.Y, "to draw against");
        CheckAxis(plan, spec, "scale_by", spec.ScaleBy, "to scale by");
        CheckAxis(plan, spec, "baseline", spec.Baseline.FirstOrDefault()?.Dimension, "to compare with");
        Baseline.Check(plan, spec);
        if (spec.IsVariance && plan.Seeds.Length < 2)
        {
            throw new SweepException(
                ExitCode.Usage, "a variance needs at least two seeds, and this sweep has one",
                "give it more `seeds`, or remove `spread` from the figure", spec.Place);
        }

        foreach (var filter in spec.Where.Concat(spec.Baseline))
        {
            CheckDerived(plan, spec, filter);
        }
    }

    /// <summary>Values of hyperparameters are checked against the axes when the file is read.</summary>
    private static void CheckDerived(SweepPlan plan, FigureSpec spec, FigureFilter filter)
    {
        if (plan.Vocabulary.Derived(filter.Dimension) is { } derived)
        {
            var known = FigureAxes.Values(derived, FigureAxes.Points(plan)).Select(value => value.ToString()!).ToList();
            if (filter.Values.FirstOrDefault(value => !known.Contains(value)) is { } unknown)
            {
                throw new SweepException(
                    ExitCode.Usage, $"this sweep has no {derived.Name} = {unknown}",
                    $"it has: {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? ", .." : "")}", spec.Place);
            }
        }
    }

    /// <summary>Whether points differ in what a name says; parts of a metric show only in the curves.</summary>
    private static bool IsVaried(SweepPlan plan, string name) => plan.Vocabulary.Derived(name) is { } derived
        ? FigureAxes.Points(plan).Select(point => derived.Of(point, 0)).OfType<Value>().Distinct().Take(2).Count() > 1
        : plan.Experiment.IndexOf(name) < 0
            || plan.Axes.Any(axis => axis.Count > 1 && axis.Hyperparameters.Any(declared => declared.Name == name));

    private static void CheckAxis(SweepPlan plan, FigureSpec spec, string key, string? name, string purpose)
    {
        if (name is not null && !IsVaried(plan, name))
        {
            throw new SweepException(
                ExitCode.Usage, $"there is nothing {purpose} '{name}': this sweep has one value of it",
                $"give it several values, or choose another `{key}`", spec.Place);
        }
    }

    /// <summary>The plan's figures; when it names none, every metric that is measured.</summary>
    internal static ImmutableArray<FigureSpec> Of(SweepPlan plan) =>
        plan.Figures.IsEmpty ? [.. Measured(plan).Select(metric => new FigureSpec(metric))] : plan.Figures;

    /// <summary>
    /// A figure's content, or null when there are no rows to draw yet; where it names no kind, the one that suits its metric best.
    /// </summary>
    internal static SmallMultiples? Draw(FigureSpec spec, FigureData data)
    {
        data = data.For(spec);
        var parts = data.Parts(spec.Metric);
        if (parts.Count == 0)
        {
            return null;
        }

        (spec, var areLines) = UsualComponents.Of(spec, parts, data.Plan.Experiment);
        var shape = new MetricShape(
            data.Steps(spec.Metric), parts.Select(part => part.Index).Distinct().Count(),
            parts.Select(part => part.Component).Distinct().Count(), data.Plan.Axes.Any(axis => axis.Count > 1), areLines);
        return KindChoice.Of(spec, shape).Draw(spec, data);
    }

    private static ImmutableArray<string> Measured(SweepPlan plan) =>
        [.. plan.ScheduleFor(plan.PointAt(0)).Snapshots.SelectMany(snapshot => snapshot.Metrics)
            .Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal)];
}
