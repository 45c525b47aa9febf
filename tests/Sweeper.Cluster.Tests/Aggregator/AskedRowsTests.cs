using Sweeper.Cluster.Aggregator;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Aggregator;

public sealed class AskedRowsTests
{
    private static readonly MetricVersion Loss = new("loss", 1);
    private static readonly MetricVersion Rank = new("rank", 1);
    private static readonly MeasureSchedule Asked = new([new Snapshot(0, [Loss, Rank]), new Snapshot(5, [Loss])]);

    [Fact]
    public void Every_wanted_trial_needs_every_metric_at_every_step()
    {
        var rows = new AskedRows(Asked, [0, 2]);
        rows.Add(Block(0, "loss", 0, 2));
        rows.Add(Block(0, "rank", 0));
        Assert.Equal("trial 2 of the pack has no rank at step 0", rows.Missing([]));
        rows.Add(Block(0, "rank", 2));
        Assert.Equal("trial 0 of the pack has no loss at step 5", rows.Missing([]));
        rows.Add(Block(5, "loss", 0, 2));
        Assert.Null(rows.Missing([]));
    }

    [Fact]
    public void A_step_that_was_left_out_is_missing_whatever_comes_behind_it()
    {
        var rows = new AskedRows(new([new Snapshot(0, [Loss]), new Snapshot(5, [Loss]), new Snapshot(9, [Loss])]), [0]);
        rows.Add(Block(0, "loss", 0));
        rows.Add(Block(9, "loss", 0));
        Assert.Equal("trial 0 of the pack has no loss at step 5", rows.Missing([]));
    }

    [Fact]
    public void A_diverged_trial_needs_nothing_from_its_step_on()
    {
        var rows = new AskedRows(Asked, [0, 2]);
        rows.Add(Block(0, "loss", 0, 2));
        rows.Add(Block(0, "rank", 0, 2));
        rows.Add(Block(5, "loss", 0));
        Assert.Null(rows.Missing([new Divergence(2, 5)]));
        Assert.Equal("trial 2 of the pack has no loss at step 5", rows.Missing([new Divergence(2, 6)]));
    }

    private static MeasurementBlock Block(long step, string metric, params int[] trials) =>
        new(step, new SeriesKey(MeasurementSource.Run, metric, "train", ""), trials, 1, new double[trials.Length]);
}
