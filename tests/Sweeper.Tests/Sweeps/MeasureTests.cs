using Sweeper.Core.Measurements;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class MeasureTests
{
    [Theory]
    [InlineData("end", "100")]
    [InlineData("[7, 0, 50]", "0 7 50")]
    [InlineData("{ every: 40 }", "0 40 80 100")]
    [InlineData("{ every: 50 }", "0 50 100")]
    [InlineData("{ every: 1000 }", "0 100")]
    [InlineData("{ log: 3 }", "0 1 10 100")]
    [InlineData("{ log: 5 }", "0 1 3 10 32 100")]
    public void At_means_these_steps_of_a_training_of_a_hundred(string at, string steps)
    {
        Assert.Equal(steps, string.Join(' ', Schedule($"- {{ at: {at}, metrics: [loss] }}").Snapshots.Select(snapshot => snapshot.Step)));
    }

    [Fact]
    public void Entries_are_united_step_by_step_with_versions_in_ordinal_order()
    {
        var schedule = Schedule("- { at: [0, 20], metrics: [norm] }\n  - { at: [20, 30], metrics: [norm, loss] }");
        Assert.Equal(
            ["0: norm 3", "20: loss 1 norm 3", "30: loss 1 norm 3"],
            schedule.Snapshots.Select(snapshot =>
                $"{snapshot.Step}: {string.Join(' ', snapshot.Metrics.Select(metric => $"{metric.Name} {metric.Version}"))}"));
    }

    [Fact]
    public void The_steps_follow_the_length_of_each_points_training()
    {
        var plan = FakeCatalog.Plan(
            "sweep: a\nexperiment: toy\ngrid: { steps: [0, 10, 1000] }\nmeasure:\n  - { at: { log: 100 }, metrics: [loss] }");
        Assert.Equal([0L, 10L, 1000L], Enumerable.Range(0, 3).Select(i => plan.ScheduleFor(plan.PointAt(i)).Snapshots[^1].Step));
        Assert.Equal(
            Enumerable.Range(0, 11).Select(step => (long)step),
            plan.ScheduleFor(plan.PointAt(1)).Snapshots.Select(snapshot => snapshot.Step));
    }

    [Fact]
    public void A_million_steps_are_listed_once_for_each_length()
    {
        var plan = FakeCatalog.Plan(
            "sweep: a\nexperiment: toy\nfixed: { steps: 499998 }\nmeasure:\n  - { at: { every: 1 }, metrics: [loss] }\n"
            + "  - { at: { every: 1 }, metrics: [norm] }");
        var schedule = plan.ScheduleFor(plan.PointAt(0));
        Assert.Equal(499_999, schedule.Snapshots.Length);
        Assert.Same(schedule, plan.ScheduleFor(plan.PointAt(0)));
        Assert.All(schedule.Snapshots.Take(3), snapshot => Assert.Equal(2, snapshot.Metrics.Length));
    }

    private static MeasureSchedule Schedule(string entries)
    {
        var plan = FakeCatalog.Plan($"sweep: a\nexperiment: toy\nfixed: {{ steps: 100 }}\nmeasure:\n  {entries}");
        return plan.ScheduleFor(plan.PointAt(0));
    }
}
