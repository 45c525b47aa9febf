using CsCheck;
using Sweeper.Core.Measurements;
using Xunit;

namespace Sweeper.Tests.Measurements;

public sealed class MeasureScheduleTests
{
    [Fact]
    public void A_schedule_covers_what_it_contains_and_names_what_it_lacks()
    {
        var held = Schedule((0, "loss 1"), (10, "loss 1"), (10, "norm 2"));
        Assert.True(held.Covers(Schedule((10, "norm 2"))));
        Assert.True(held.Covers(Schedule()));
        Assert.Equal((10, new MetricVersion("norm", 3)), held.Missing(Schedule((0, "loss 1"), (10, "norm 3"))));
        Assert.Equal((5, new MetricVersion("loss", 1)), held.Missing(Schedule((5, "loss 1"))));
        Assert.Equal((11, new MetricVersion("loss", 1)), held.Missing(Schedule((10, "loss 1"), (11, "loss 1"))));
    }

    [Fact]
    public void Covering_is_the_subset_relation_of_steps_and_metrics()
    {
        var entry = Gen.Select(Gen.Long[0, 5], Gen.OneOf(Gen.Const("a 1"), Gen.Const("a 2"), Gen.Const("b 1")));
        Gen.Select(entry.HashSet[0, 12], entry.HashSet[0, 6]).Sample((held, asked) =>
        {
            var (one, other) = (Schedule([.. held]), Schedule([.. asked]));
            Assert.Equal(asked.IsSubsetOf(held), one.Covers(other));
            Assert.Equal(asked.SetEquals(held), one.Equals(other));
        }, iter: 500);
    }

    private static MeasureSchedule Schedule(params (long Step, string Metric)[] asked) => new(
        [.. asked.GroupBy(entry => entry.Step).OrderBy(group => group.Key).Select(group => new Snapshot(
            group.Key,
            [.. group.Select(entry => entry.Metric)
                .Order(StringComparer.Ordinal).Select(text => new MetricVersion(text.Split(' ')[0], text[^1] - '0'))]))]);
}
