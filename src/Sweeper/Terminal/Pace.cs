namespace Sweeper.Terminal;

/// <summary>How fast a run goes, and when it will be done: a range between its mean pace and its recent one.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);
    private readonly long start = clock.GetTimestamp();
    private readonly Queue<(TimeSpan At, double Fraction)> window = new();

    /// <summary>Takes the newest view into account.</summary>
    public PaceReading Read(RunView view)
    {
        var now = clock.GetElapsedTime(start);
        window.Enqueue((now, view.Fraction));
        while (window.Count > 2 && now - window.Peek().At > Recent)
        {
            window.Dequeue();
        }

        return new PaceReading(now, view.Fraction * view.NewTrials / Math.Max(now.TotalSeconds, 1e-3), Remaining(now, view.Fraction));
    }

    /// <summary>`about 20 s`, or `20 s to 35 s` where the two paces disagree.</summary>
    public static string Describe((TimeSpan From, TimeSpan To)? remaining) => remaining switch
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

    private (TimeSpan From, TimeSpan To)? Remaining(TimeSpan now, double fraction)
    {
        var (since, before) = window.Peek();
        if (fraction < 0.02 || now.TotalSeconds < 2 || fraction <= before)
        {
            return null;
        }

        var mean = now * ((1 - fraction) / fraction);
        var recent = (now - since) * ((1 - fraction) / (fraction - before));
        return mean < recent ? (mean, recent) : (recent, mean);
    }
}

/// <summary>What the pace so far says.</summary>
/// <param name="Elapsed">Time since the display began.</param>
/// <param name="TrialsPerSecond">Over the whole run.</param>
/// <param name="Remaining">Shortest and longest remaining time that it supports; null until it says something.</param>
internal sealed record PaceReading(TimeSpan Elapsed, double TrialsPerSecond, (TimeSpan From, TimeSpan To)? Remaining);
