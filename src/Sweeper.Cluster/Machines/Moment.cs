namespace Sweeper.Cluster.Machines;

/// <summary>When something happens.</summary>
/// <param name="Now">On a clock that cannot be set.</param>
/// <param name="At">Time of day, for people.</param>
internal readonly record struct Moment(TimeSpan Now, DateTimeOffset At)
{
    /// <summary>Read off a clock.</summary>
    public static Moment Of(TimeProvider clock) => new(clock.GetElapsedTime(0), clock.GetUtcNow());
}
