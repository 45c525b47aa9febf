using Sweeper.Core.Sweeps;

namespace Sweeper.Terminal;

/// <summary>The number by which the points of a sweep are compared when nobody names one.</summary>
/// <param name="Metric">Metric.</param>
/// <param name="Split">Split, or null for the metric's first.</param>
internal sealed record Headline(string Metric, string? Split)
{
    private static readonly string[] Losses = ["relative_loss", "loss"];

    /// <summary>The loss on validation examples where it is measured, else the first metric.</summary>
    public static Headline Of(SweepPlan plan)
    {
        var measured = plan.ScheduleFor(plan.PointAt(0)).Snapshots.SelectMany(snapshot => snapshot.Metrics).Select(metric => metric.Name).ToHashSet();
        return Losses.FirstOrDefault(measured.Contains) is { } loss ? new Headline(loss, "validation") : new Headline(measured.Order(StringComparer.Ordinal).First(), null);
    }

    /// <summary>`validation relative_loss`.</summary>
    public override string ToString() => Split is null ? Metric : $"{Split} {Metric}";
}
