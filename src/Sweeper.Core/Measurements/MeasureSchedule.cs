using System.Collections.Immutable;

namespace Sweeper.Core.Measurements;

/// <summary>Which metrics are asked for at which step, resolved for one length of training.</summary>
/// <param name="Snapshots">Ascending steps, each once; every snapshot names at least one metric, in ordinal order.</param>
public sealed record MeasureSchedule(ImmutableArray<Snapshot> Snapshots)
{
    private static readonly MetricVersion Weights = new("kept weights", 1);

    /// <summary>Steps at which weights are kept, ascending.</summary>
    public ImmutableArray<long> WeightsAt { get; init; } = [];

    /// <summary>Where some metrics are asked for: steps ascending, and of one step the metrics in ordinal order.</summary>
    public IEnumerable<(long Step, string Metric)> Asked(params string[] metrics) =>
        from snapshot in Snapshots
        from metric in snapshot.Metrics
        where metrics.Contains(metric.Name)
        select (snapshot.Step, metric.Name);

    /// <summary>Whether every (metric, version, step) and all weights of <paramref name="asked"/> are in this one.</summary>
    public bool Covers(MeasureSchedule asked) => Missing(asked) is null;

    /// <summary>The first (step, metric) asked for and not here, or null; weights are named like a metric.</summary>
    public (long Step, MetricVersion Metric)? Missing(MeasureSchedule asked)
    {
        var position = 0;
        foreach (var snapshot in asked.Snapshots)
        {
            while (position < Snapshots.Length && Snapshots[position].Step < snapshot.Step)
            {
                position++;
            }

            foreach (var metric in snapshot.Metrics)
            {
                if (position == Snapshots.Length || Snapshots[position].Step != snapshot.Step
                    || !Snapshots[position].Metrics.Contains(metric))
                {
                    return (snapshot.Step, metric);
                }
            }
        }

        var unkept = asked.WeightsAt.Except(WeightsAt).ToArray();
        return unkept.Length > 0 ? (unkept[0], Weights) : null;
    }

    /// <summary>By content.</summary>
    public bool Equals(MeasureSchedule? other) => other is not null && Covers(other) && other.Covers(this);

    /// <inheritdoc/>
    public override int GetHashCode() => Snapshots.Length == 0 ? 0 : HashCode.Combine(Snapshots.Length, Snapshots[^1].Step);
}

/// <summary>The metrics asked for at one step.</summary>
public sealed record Snapshot(long Step, ImmutableArray<MetricVersion> Metrics);

/// <summary>A metric as it was defined when it was measured.</summary>
public sealed record MetricVersion(string Name, int Version);
