namespace Sweeper.Cluster.Coordinator;

/// <summary>Something that a sweep has itself told later.</summary>
internal sealed record SweepAlarm(string Sweep, SweepAlarmKind Kind);

/// <summary>What is due.</summary>
internal enum SweepAlarmKind
{
    /// <summary>What was decided is to be saved, behind all messages that had come by then.</summary>
    Save,
    /// <summary>To make the aggregator anew.</summary>
    AggregatorMissing,
    /// <summary>Workers that were asked to stop had their time.</summary>
    GraceOver,
}
