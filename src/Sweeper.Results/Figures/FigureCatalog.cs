using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures;

/// <summary>The kinds of figures this build knows, and which figures a plan has.</summary>
public static class FigureCatalog
{
    /// <summary>All kinds, by name.</summary>
    internal static ImmutableArray<IFigure> Kinds { get; } =
        [.. typeof(IFigure).Assembly.GetTypes()
            .Where(type => typeof(IFigure).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })
            .Select(type => (IFigure)Activator.CreateInstance(type)!)
            .OrderBy(figure => figure.Kind, StringComparer.Ordinal)];

    /// <summary>
    /// Refuses a plan whose figures are unknown or need a metric that it does not measure: throws
    /// <see cref="SweepException"/> (usage).
    /// </summary>
    public static void Check(SweepPlan plan)
    {
        var measured = Measured(plan, atLeast: 1);
        foreach (var name in plan.Figures)
        {
            if (measured.Contains(name))
            {
                continue;
            }

            throw plan.Experiment.Metrics.Any(metric => metric.Name == name)
                ? new SweepException(
                    ExitCode.Usage, $"figure '{name}' needs the metric '{name}', which is not measured", $"add '{name}' under `measure`", "figures")
                : new SweepException(
                    ExitCode.Usage, $"unknown figure '{name}'", $"a figure is named like a measured metric: {string.Join(", ", measured)}", "figures");
        }
    }

    /// <summary>The plan's figures; when it names none, mean curves of every metric that is measured at several steps.</summary>
    internal static ImmutableArray<FigureSpec> Of(SweepPlan plan) =>
        [.. (plan.Figures.IsEmpty ? Measured(plan, atLeast: 2) : plan.Figures).Select(name => new FigureSpec(name, MeanCurves.KindName, name))];

    private static ImmutableArray<string> Measured(SweepPlan plan, int atLeast)
    {
        MeasureSchedule schedule = plan.ScheduleFor(plan.PointAt(0));
        return [.. schedule.Snapshots.SelectMany(snapshot => snapshot.Metrics).GroupBy(metric => metric.Name)
            .Where(metric => metric.Count() >= atLeast).Select(metric => metric.Key).Order(StringComparer.Ordinal)];
    }
}
