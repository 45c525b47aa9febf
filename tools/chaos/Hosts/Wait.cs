namespace Sweeper.Chaos.Hosts;

/// <summary>Waits that end early without an exception.</summary>
internal static class Wait
{
    /// <summary>For a time, or until the round is over.</summary>
    public static Task ForAsync(TimeSpan time, CancellationToken over) =>
        Task.Delay(time, over).ContinueWith(_ => { }, TaskScheduler.Default);
}
