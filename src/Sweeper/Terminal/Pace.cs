using Sweeper.Cluster.Status;

namespace Sweeper.Terminal;

/// <summary>How long a run goes on for, and how fast it trains.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();

    /// <summary>Takes the newest view into account.</summary>
    public PaceReading Read(RunView view)
    {
        var now = clock.GetElapsedTime(start);
        return new PaceReading(now, view.Trained / Math.Max(now.TotalSeconds, 1e-3));
    }

    /// <summary>`about 20 s`, or `20 s to 35 s` where it is not known well; empty where it is not known.</summary>
    public static string Describe(TimeRange? left) => left switch
    {
        null => "",
        var (from, to) when to.TotalSeconds < 2 => "a moment",
        var (from, to) when to < from * 1.2 + TimeSpan.FromSeconds(1) => $"about {Roughly(to)}",
        var (from, to) => $"{Roughly(from)} to {Roughly(to)}",
    };

    /// <summary>No finer than it is known: to ten seconds beyond a minute, to a minute beyond ten.</summary>
    private static string Roughly(TimeSpan time)
    {
        var unit = time.TotalMinutes switch { < 1 => 1, < 10 => 10, _ => 60 };
        return Quantity.Duration(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds / unit) * unit));
    }
}

/// <summary>What a display says of time.</summary>
/// <param name="Elapsed">Time since the display began.</param>
/// <param name="TrialsPerSecond">Over that time.</param>
internal sealed record PaceReading(TimeSpan Elapsed, double TrialsPerSecond);
