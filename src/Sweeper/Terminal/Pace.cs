namespace Sweeper.Terminal;

/// <summary>How fast a run goes, and when it will be done: a range between its mean pace and its recent one.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);
    private readonly long start = clock.GetTimestamp();
    private readonly Queue<(TimeSpan At, double Fraction)> window = new();

    /// <summary>Time since the display began.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(start);

    /// <summary>Trials a second over the whole run.</summary>
    public double TrialsPerSecond(RunView view) => view.Fraction * view.NewTrials / Math.Max(Elapsed.TotalSeconds, 1e-3);

    /// <summary>Shortest and longest remaining time that the pace so far supports; null until it says something.</summary>
    public (TimeSpan From, TimeSpan To)? Remaining(double fraction)
    {
        var now = Elapsed;
        window.Enqueue((now, fraction));
        while (window.Count > 2 && now - window.Peek().At > Recent)
        {
            window.Dequeue();
        }

        var (since, before) = window.Peek();
        if (fraction < 0.02 || now.TotalSeconds < 2 || fraction <= before)
        {
            return null;
        }

        var mean = now * ((1 - fraction) / fraction);
        var recent = (now - since) * ((1 - fraction) / (fraction - before));
        return mean < recent ? (mean, recent) : (recent, mean);
    }

    /// <summary>`about 20 s`, or `20 s to 35 s` where the two paces disagree.</summary>
    public static string Describe((TimeSpan From, TimeSpan To)? remaining) => remaining switch
    {
        null => "",
        var (from, to) when to.TotalSeconds < 2 => "a moment",
        var (from, to) when to < from * 1.2 + TimeSpan.FromSeconds(1) => $"about {Quantity.Duration(to)}",
        var (from, to) => $"{Quantity.Duration(from)} to {Quantity.Duration(to)}",
    };
}
