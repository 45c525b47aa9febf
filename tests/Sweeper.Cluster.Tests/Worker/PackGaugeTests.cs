using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Worker;

public sealed class PackGaugeTests
{
    private static readonly SeriesKey Validation = new(MeasurementSource.Run, "loss", "validation", "");

    [Fact]
    public void The_headline_is_the_mean_over_trials_that_have_a_number()
    {
        var passed = new Sink();
        var gauge = new PackGauge(Work(snapshots: 3), passed);

        gauge.Write(Block(0, Validation with { Split = "train" }, 100, 100));
        gauge.Write(Block(0, Validation, 1, 2, double.NaN));
        gauge.Write(Block(0, Validation with { Source = MeasurementSource.Theory }, 100, 100));
        gauge.Write(Block(10, Validation, 5, 7));
        gauge.Progress(12, 20);

        Assert.Equal([new CurvePoint(0, 1.5), new CurvePoint(10, 6)], gauge.Last.Headline.AsEnumerable());
        Assert.Equal((12L, 20L, 2), (gauge.Last.Step, gauge.Last.LastStep, gauge.Last.Alive));
        Assert.Equal((4, 1), (passed.Blocks, passed.Reports));
    }

    [Fact]
    public void A_long_schedule_is_thinned_evenly_and_ends_with_the_newest_measurement()
    {
        var gauge = new PackGauge(Work(snapshots: 100), new Sink());
        for (var step = 0; step < 100; step++)
        {
            gauge.Write(Block(step, Validation, step));
            Assert.Equal(step, gauge.Last.Headline[^1].Step);
        }

        // Five measurements a point: 20 points are the most of 24 that are equally wide.
        Assert.Equal(Enumerable.Range(1, 20).Select(point => 5L * point - 1), gauge.Last.Headline.Select(point => point.Step));
    }

    private static PackWork Work(int snapshots)
    {
        var plan = FakeExperiments.Plan(depths: 1);
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        return work with
        {
            Schedule = new MeasureSchedule([.. Enumerable.Range(0, snapshots)
                .Select(step => new Snapshot(step, [new MetricVersion("loss", 1)]))]),
        };
    }

    private static MeasurementBlock Block(long step, SeriesKey series, params double[] values) =>
        new(step, series, Enumerable.Range(0, values.Length).ToArray(), 1, values);

    private sealed class Sink : IMeasurementSink
    {
        public int Blocks { get; private set; }

        public int Reports { get; private set; }

        public void Write(PackBlock block) => Blocks++;

        public void Progress(long step, long lastStep) => Reports++;
    }
}
