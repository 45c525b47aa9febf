namespace Sweeper.Cluster.Status;

/// <summary>The work of a run, in time that workers need for it: packs of wide networks weigh more than those of narrow ones.</summary>
/// <param name="Share">What of it is done, parts of packs included: 0..1.</param>
/// <param name="Left">When the rest will be done; null before anything tells.</param>
public sealed record SweepWork(double Share, TimeRange? Left)
{
    /// <summary>More than this is not told apart.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(36_500);
}

/// <summary>A time that is known to lie between two.</summary>
public readonly record struct TimeRange(TimeSpan From, TimeSpan To);
