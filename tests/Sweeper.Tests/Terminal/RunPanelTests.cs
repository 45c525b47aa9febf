using Sweeper.Cluster.Status;
using Sweeper.Terminal;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class RunPanelTests
{
    private static readonly PaceReading Pace = new(TimeSpan.FromSeconds(100), 12.3);

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(400)]
    public void No_line_is_longer_than_the_screen_and_none_more_than_it_has(int width)
    {
        foreach (var workers in (int[])[0, 1, 2, 8, 9, 300])
        {
            foreach (var height in (int[])[10, 24, 60])
            {
                var lines = RunPanel.Draw(Views.Training(0.4, workers, diverged: 3), Pace, width, height);
                Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
                Assert.InRange(lines.Count, 3, Math.Min(height, 14));
            }
        }
    }

    [Fact]
    public void On_eighty_columns_a_worker_shows_pack_step_living_trials_and_curve()
    {
        var lines = Draw(
            Views.Training(0.4, workers: 2) with { Left = new TimeRange(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(200)) }, 80);

        // 43 columns of bar, 17 of them filled; ten columns of curve, the last of 24 values 0.8^23.
        Assert.Equal("quickstart@quick  training" + new string(' ', 44) + "1 min 40 s", lines[0]);
        Assert.Equal(new string('━', 17) + new string('─', 26) + "  40 %  1 min 40 s to 3 min 20 s left", lines[1]);
        Assert.Equal("cuda:0/1  ────────  step 1,000 of 40,000  255 of 256 alive  █▇▆▆▅▄▄▃▂▁  0.005903", lines[^2]);
        Assert.Equal("curves: validation relative_loss, mean over trials, log scale", lines[^1]);
    }

    [Fact]
    public void Narrow_screens_keep_what_is_said_nowhere_else()
    {
        var worker = Draw(Views.Training(0.4, workers: 2), 50)[^3];

        Assert.StartsWith("cuda:0/0", worker, StringComparison.Ordinal);
        Assert.Contains("step 0 of 40,000", worker, StringComparison.Ordinal);
        Assert.Contains("█", worker, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_workers_end_in_a_count()
    {
        var lines = Draw(Views.Training(0.4, workers: 300), 80);

        Assert.Equal(
            8, lines.Count(line => line.Contains("cuda", StringComparison.Ordinal) || line.StartsWith("and", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("and 293 more workers with ", StringComparison.Ordinal));
    }

    [Fact]
    public void Before_anything_is_measured_there_is_no_curve_and_no_word_of_it()
    {
        var early = Views.Training(0) with { Workers = [Views.Worker(0) with { Curve = [], LastStep = 0, Step = 0 }], Idle = 3 };

        var lines = Draw(early, 80);

        Assert.Contains(lines, line => line.Contains("preparing", StringComparison.Ordinal));
        Assert.Equal("3 workers idle", lines[^1]);
    }

    [Fact]
    public void Failed_and_diverged_trials_are_counted_where_there_are_any()
    {
        Assert.Contains(
            "400 of 1,000 trials committed, 2 failed, 3 diverged, 12.3 trials/s",
            Draw(Views.Training(0.4, diverged: 3) with { Failed = 2 }, 80));
        Assert.Contains("400 of 1,000 trials committed, 12.3 trials/s", Draw(Views.Training(0.4), 80));
    }

    private static List<string> Draw(RunView view, int width) => [.. RunPanel.Draw(view, Pace, width, 24).Select(line => line.ToString())];
}
