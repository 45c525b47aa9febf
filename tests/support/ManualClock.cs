namespace Sweeper.Support;

/// <summary>A clock that a test moves.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long ticks;
    private long skew;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp() + Interlocked.Read(ref skew));

    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    /// <summary>Somebody sets the time of day; no time passes.</summary>
    public void Leap(TimeSpan time) => Interlocked.Add(ref skew, time.Ticks);
}
