using Sweeper.Running;
using Xunit;

namespace Sweeper.Tests.Running;

public class WorkerEndsTests
{
    private readonly WorkerEnds ends = new("vm/cpu/0", "results/many/logs");

    [Fact]
    public void The_first_end_says_what_it_means_that_the_worker_is_started_again_and_where_its_log_is() => Assert.Equal(
        "worker vm/cpu/0 ended with 137 (killed, perhaps because memory ran out); it is started again. "
        + "Its log: results/many/logs/worker-vm-cpu-0-*.jsonl",
        ends.Line(137, ""));

    [Fact]
    public void The_same_end_is_said_ever_more_seldom()
    {
        var said = Enumerable.Range(1, 1000).Where(_ => ends.Line(137, "") is not null).ToList();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512], said);
        Assert.Contains("1024 times in a row", Enumerable.Range(0, 24).Select(_ => ends.Line(137, "")).Single(line => line is not null),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_end_is_said_at_once()
    {
        for (var time = 0; time < 3; time++)
        {
            ends.Line(137, "");
        }

        Assert.Contains(
            "ended with 134 (by signal 6): out of luck; it is started again", ends.Line(134, "out of luck"), StringComparison.Ordinal);
        Assert.Contains("ended with 134 (by signal 6): out of time; ", ends.Line(134, "out of time"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(1, false)]
    public void What_would_come_every_time_is_not_tried_again_and_that_is_said(int exit, bool isFinal)
    {
        Assert.Equal(isFinal, WorkerEnds.IsFinal(exit));
        Assert.Contains(isFinal ? "it is not started again" : "it is started again", ends.Line(exit, ""), StringComparison.Ordinal);
    }
}
