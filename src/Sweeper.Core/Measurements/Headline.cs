using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Measurements;

/// <summary>The number by which the points of a sweep are compared, and a running pack is watched, when nobody names one.</summary>
/// <param name="Metric">Metric.</param>
/// <param name="Split">Split, or null for the metric's first.</param>
public sealed record Headline(string Metric, string? Split)
{
    private static readonly string[] Losses = ["relative_loss", "loss"];

    /// <summary>That of a plan's first point.</summary>
    public static Headline Of(SweepPlan plan) => Of(plan.ScheduleFor(plan.PointAt(0)));

    /// <summary>The loss on validation examples where it is measured, else the first metric.</summary>
    public static Headline Of(MeasureSchedule schedule)
    {
        var measured = schedule.Snapshots.SelectMany(snapshot => snapshot.Metrics).Select(metric => metric.Name).ToHashSet();
        return Losses.FirstOrDefault(measured.Contains) is { } loss
            ? new Headline(loss, "validation")
            : new Headline(measured.Order(StringComparer.Ordinal).First(), null);
    }

    /// <summary>Whether a series is the one that is meant, or one of several where no split is named.</summary>
    public bool Includes(SeriesKey series) =>
        series.Source == MeasurementSource.Run && series.Metric == Metric && (Split is null || series.Split == Split);

    /// <summary>`validation relative_loss`.</summary>
    public override string ToString() => Split is null ? Metric : $"{Split} {Metric}";
}
