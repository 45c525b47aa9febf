using Sweeper.Cluster.Status;
using Sweeper.Terminal;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class PlainDisplayTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(600)]
    [InlineData(36_000)]
    [InlineData(360_000)]
    public void Ten_thousand_trials_stay_under_two_hundred_lines_however_long_they_take(int seconds)
    {
        const int Statuses = 10_000;
        using var output = new StringWriter();
        var clock = new ManualClock();
        var display = new PlainDisplay(output, clock);
        for (var status = 0; status <= Statuses; status++)
        {
            // The worst of cases: every status is another state.
            display.Show(Views.Training(
                (double)status / Statuses,
                state: status % 2 == 0 ? "training" : "waiting for a worker") with { Warning = "all of them diverged" });
            clock.Advance(TimeSpan.FromSeconds((double)seconds / Statuses));
        }

        display.Show(Views.Training(1, state: "done") with { IsFinal = true });

        var lines = Lines(output);
        Assert.InRange(lines.Length, 3, 199);
        Assert.Single(lines, line => line.StartsWith("warning: ", StringComparison.Ordinal));
        Assert.StartsWith("quickstart@quick: done: 1,000/1,000 trials, 100 % of this run", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_a_minute_is_told_every_few_seconds()
    {
        using var output = new StringWriter();
        var clock = new ManualClock();
        var display = new PlainDisplay(output, clock);
        for (var second = 0; second <= 64; second++)
        {
            display.Show(Views.Training(second
                / 64.0) with { Left = new TimeRange(TimeSpan.FromSeconds(64 - second), TimeSpan.FromSeconds(64 - second)) });
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Five percent are 3.2 seconds.
        Assert.Equal(17, Lines(output).Length);
        Assert.Contains("quickstart@quick: training: 500/1,000 trials, 50 % of this run, 15.6 trials/s, about 32 s left", Lines(output));
    }

    private static string[] Lines(StringWriter output) => output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
