using CsCheck;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Packing;

public sealed class PackPlannerTests
{
    [Theory]
    [InlineData(256, 256, "256/256")]
    [InlineData(600, 256, "256/256 256/256 64/64 16/16 4/4 4/4")]
    [InlineData(3, 256, "3/4")]
    [InlineData(2, 256, "1/1 1/1")]
    [InlineData(5, 256, "4/4 1/1")]
    [InlineData(9, 256, "9/16")]
    [InlineData(8, 256, "4/4 4/4")]
    [InlineData(33, 256, "33/64")]
    [InlineData(32, 256, "16/16 16/16")]
    [InlineData(200, 256, "200/256")]
    [InlineData(20, 15, "4/4 4/4 4/4 4/4 4/4")]
    public void The_rest_of_a_block_takes_a_bucket_that_is_more_than_half_full(int trials, int budget, string cut)
    {
        Assert.Equal(cut, Show(new StaticBlock(trials, 1, 1), budget));
    }

    [Fact]
    public void A_trial_of_several_networks_takes_as_many_lanes()
    {
        Assert.Equal("21/64 21/64 5/16 3/16", Show(new StaticBlock(50, 3, 1), 64));
        Assert.Equal("1/16", Show(new StaticBlock(1, 5, 1), 64));
        Assert.Equal("1/64 1/64", Show(new StaticBlock(2, 50, 1), 16));
    }

    [Fact]
    public void Memory_lowers_the_bucket_but_never_below_one_trial()
    {
        Assert.Equal("64/64", Show(new StaticBlock(64, 1, PackPlanner.MemoryBudget / 100), 256));
        Assert.Equal("1/1 1/1", Show(new StaticBlock(2, 1, PackPlanner.MemoryBudget * 3), 256));
    }

    [Fact]
    public void Every_trial_is_in_one_pack_of_a_bucket_that_holds_it_and_at_most_half_is_padding()
    {
        Gen.Select(Gen.Int[1, 5000], Gen.Int[1, 40], Gen.Int[1, 5000]).Sample((trials, lanesPerTrial, budget) =>
        {
            var cuts = PackPlanner.Cut(new StaticBlock(trials, lanesPerTrial, 1 << 10), budget).ToArray();
            Assert.Equal(trials, cuts.Sum(cut => (long)cut.Trials));
            Assert.All(cuts, cut =>
            {
                Assert.Contains(cut.Lanes, LaneBuckets.All);
                Assert.InRange(cut.Trials, 1, cut.Lanes / lanesPerTrial);
                Assert.True(cut.Lanes <= Math.Max(budget, LaneBuckets.Ceiling(lanesPerTrial)));
            });
            if (lanesPerTrial == 1)
            {
                Assert.All(cuts, cut => Assert.True(cut.Lanes < 2 * cut.Trials || cut.Lanes == 1));
            }
        }, iter: 500);
    }

    [Fact]
    public void Packs_of_a_plan_cover_it_in_order_with_equal_static_values()
    {
        var axis = Gen.Int[1, 7];
        Gen.Select(axis, axis, axis, Gen.Int[1, 9], Gen.OneOf(new[] { 1, 3, 4, 16, 64, 256 }.Select(value => Gen.Const(value)).ToArray()))
            .Sample((depths, noises, rates, seeds, lanes) =>
            {
                var plan = FakeCatalog.Plan($"""
                    sweep: a
                    experiment: toy
                    lanes: {lanes}
                    seeds: {seeds}
                    grid:
                      noise: [{string.Join(", ", Enumerable.Range(0, noises))}]
                      depth: [{string.Join(", ", Enumerable.Range(1, depths))}]
                    zip:
                      - lr: [{string.Join(", ", Enumerable.Range(0, rates))}]
                        weight_decay: [{string.Join(", ", Enumerable.Range(5, rates))}]
                    """);
                var next = 0L;
                foreach (var pack in plan.Packs)
                {
                    Assert.Equal(next, pack.First);
                    next += pack.Count;
                    var work = plan.WorkFor(pack, (trial, _) => trial.Seed == 0);
                    Assert.Equal(work.Trials, Enumerable.Range(0, pack.Count).Select(i => plan.TrialAt(pack.First + i)));
                    Assert.Single(work.Trials.Select(trial => trial.Point.Integer("depth")).Distinct());
                    Assert.Equal(work.Wanted, Enumerable.Range(0, pack.Count).Where(i => work.Trials[i].Seed == 0));
                }

                Assert.Equal(plan.TrialCount, next);
                Assert.Equal(plan.TrialCount, Enumerable.Range(0, (int)plan.TrialCount).Select(i => plan.TrialAt(i).Id).Distinct().Count());
                Assert.Equal(plan.Packs.Length, plan.Packs.Select(pack => pack.Id).Distinct().Count());
            }, iter: 40);
    }

    [Fact]
    public void Seeds_added_at_the_end_leave_the_full_packs_of_a_block_as_they_were()
    {
        SweepPlan Of(int seeds) => FakeCatalog.Plan($"sweep: a\nexperiment: toy\nlanes: 4\nseeds: {seeds}\ngrid: {{ noise: [0, 1] }}");
        var (few, more) = (Of(4), Of(6));
        for (var pack = 0; pack < few.Packs.Length; pack++)
        {
            Assert.Equal(few.WorkFor(few.Packs[pack], (_, _) => true).Trials, more.WorkFor(more.Packs[pack], (_, _) => true).Trials);
        }
    }

    private static string Show(StaticBlock block, int budget) =>
        string.Join(' ', PackPlanner.Cut(block, budget).Select(cut => $"{cut.Trials}/{cut.Lanes}"));
}
