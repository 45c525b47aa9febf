using CsCheck;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>`exclude`, `when` and `grids` against plain loops, and what they leave of order, packs and hash.</summary>
public sealed class UnionTests
{
    private const string Head = "sweep: a\nexperiment: toy\n";

    [Fact]
    public void Excluded_trials_leave_the_others_in_their_order()
    {
        var plan = FakeCatalog.Plan(Head + """
            seeds: 3
            grid: { depth: [2, 4, 8], noise: [0, 1, 2] }
            exclude: [ "depth == 4", "depth == 8 and noise > 1", "noise == 1 and seed == 2" ]
            """);
        var expected =
            from depth in new long[] { 2, 8 }
            from seed in new long[] { 0, 1, 2 }
            from noise in new[] { 0.0, 1, 2 }
            where !(depth == 8 && noise > 1) && !(noise == 1 && seed == 2)
            select (depth, seed, noise);
        Assert.Equal(expected, Trials(plan).Select(trial => (trial.Point.Integer("depth"), trial.Seed, trial.Point.Real("noise"))));
        Assert.Equal((9, 4L, 2L), (plan.Counts.Combinations, plan.Counts.ExcludedPoints, plan.Counts.ExcludedTrials));
        Assert.Equal([2, 8], plan.Swept[0].Values.Select(value => long.Parse(value.ToString()!, null)));
        Assert.Equal(5, plan.PointCount);
    }

    [Fact]
    public void A_conditional_name_has_its_other_value_once_where_the_condition_does_not_hold()
    {
        var plan = FakeCatalog.Plan(
            Head + "fixed: { lr: 0.5 }\ngrid: { noise: [0, 1], weight_decay: [1, 2, 3] }\nwhen: { weight_decay: noise > 0 }");
        Assert.Equal([(0, 0), (1, 1), (1, 2), (1, 3)], Points(plan).Select(point => (point.Real("noise"), point.Real("weight_decay"))));
        Assert.Equal((6L, 2L, 0L), (plan.Counts.Combinations, plan.Counts.Conditional, plan.Counts.ExcludedPoints));
    }

    [Fact]
    public void A_static_name_may_depend_on_a_batched_one_and_packs_stay_equal_in_static_values()
    {
        var plan = FakeCatalog.Plan(Head
            + "fixed: { steps: 7 }\ngrid: { noise: [0, 1], depth: [3, 4], lr: [1, 2] }\nseeds: 2\n"
            + "when: { depth: noise > 0, lr: depth == 3 }");
        // noise 0: the default depth 2, and so the default rate; noise 1: depth 3 with two rates, depth 4 with the default one.
        Assert.Equal(
            [(0, 2, 0.01), (1, 3, 1), (1, 3, 2), (1, 4, 0.01)],
            Points(plan).Select(point => (point.Real("noise"), point.Integer("depth"), point.Real("lr"))).Order());
        Assert.All(
            plan.Packs,
            pack => Assert.Single(plan.WorkFor(pack, (_, _) => true).Trials.Select(trial => trial.Point.Integer("depth")).Distinct()));
        Assert.Equal(8, plan.TrialCount);
    }

    [Fact]
    public void A_condition_holds_for_one_name_of_a_zip()
    {
        var plan = FakeCatalog.Plan(
            Head + "grid: { noise: [0, 1] }\nzip: [ { optimizer: [gd, adam], lr: [1, 2] } ]\nwhen: { lr: noise > 0 }");
        Assert.Equal(
            [("adam", 0, 0.01), ("adam", 1, 2), ("gd", 0, 0.01), ("gd", 1, 1)],
            Points(plan).Select(point => (point.Choice("optimizer"), point.Real("noise"), point.Real("lr"))).Order());
    }

    [Fact]
    public void Grids_inherit_replace_and_add_and_points_of_an_earlier_one_are_counted_and_left_out()
    {
        var plan = FakeCatalog.Plan(Head + """
            fixed: { width: 6 }
            grid: { depth: [2, 4], noise: [0, 1] }
            grids:
              - { name: deep, fixed: { steps: 40 }, grid: { depth: [16] } }
              - { grid: { depth: [4, 8], lr: [0.01, 1] } }
            """);
        Assert.Equal(
            [(2, 0, 0.01, 1000), (2, 1, 0.01, 1000), (4, 0, 0.01, 1000), (4, 1, 0.01, 1000), (16, 0, 0.01, 40), (16, 1, 0.01, 40),
             (4, 0, 1, 1000), (4, 1, 1, 1000), (8, 0, 0.01, 1000), (8, 1, 0.01, 1000), (8, 0, 1, 1000), (8, 1, 1, 1000)],
            Points(plan).Select(point => (point.Integer("depth"), point.Real("noise"), point.Real("lr"), point.Integer("steps")))
                .Select(point => ((int)point.Item1, (int)point.Item2, point.Item3, (int)point.Item4)));
        Assert.Equal(2, plan.Counts.Duplicates);
        Assert.Equal(
            [(null, 4, 0), ("deep", 2, 0), ("grid-2", 6, 2)],
            plan.Counts.Union.Select(member => (member.Name, member.Points, member.Duplicates)));
        Assert.Equal(
            ["depth: 4", "steps: 2", "lr: 2", "noise: 2"], plan.Swept.Select(swept => $"{swept.Declaration.Name}: {swept.Values.Length}"));
        Assert.All(Points(plan), point => Assert.Equal(6, point.Integer("width")));
    }

    [Fact]
    public void Without_axes_of_its_own_a_file_is_the_union_of_its_grids_alone_and_the_command_line_reaches_into_them()
    {
        const string Text = Head + "fixed: { noise: 1 }\ngrids: [ { grid: { depth: [3, 4] } }, { grid: { width: [5, 6] } } ]";
        Assert.Equal(4, FakeCatalog.Plan(Text).PointCount);
        var plan = FakeCatalog.Plan(Text, new SweepOverrides(null, ["depth=7", "lr=1,2"], null));
        Assert.Equal([(7, 12, 1), (7, 12, 2), (7, 5, 1), (7, 6, 1), (7, 5, 2), (7, 6, 2)], Points(plan)
            .Select(point => ((int)point.Integer("depth"), (int)point.Integer("width"), (int)point.Real("lr")))
            .OrderBy(point => point.Item2 == 12 ? 0 : 1).ThenBy(point => point.Item3));
    }

    [Fact]
    public void The_resolved_text_of_a_union_gives_the_same_plan_again()
    {
        foreach (var overrides in new[] { SweepOverrides.None, new SweepOverrides(null, ["noise=0,3"], "4") })
        {
            var plan = FakeCatalog.Plan(Head + """
                seeds: 3
                keep: { weights: final }
                aggregate: { diverged: drop_trial }
                grid: { depth: [2, 4], noise: [0, 1] }
                zip: [ { lr: [1, 2], weight_decay: [3, 4] } ]
                grids: [ { grid: { depth: [3], lr: [8, 9] } }, { name: b, zip: [ { lr: [1], noise: [9] } ] } ]
                exclude: [ "seed == 1 and noise > 0", 'depth == 4 and optimizer == "adam"' ]
                when: { noise: "depth > 2" }
                """, overrides);
            var again = SweepPlan.Parse(plan.ResolvedText, FakeCatalog.Instance);
            Assert.Equal((plan.Hash, plan.ResolvedText, plan.TrialCount), (again.Hash, again.ResolvedText, again.TrialCount));
            Assert.Equal((KeptWeights.Final, true), (again.KeptWeights, again.DropsDivergedTrials));
            Assert.Equal(Trials(plan).Select(trial => trial.Id), Trials(again).Select(trial => trial.Id));
        }
    }

    [Fact]
    public void What_changes_no_trial_changes_no_hash()
    {
        const string Grid = "grid: { depth: [2, 4], noise: [0, 1] }\n";
        var plain = FakeCatalog.Plan(Head + Grid);
        Assert.Equal(plain.Hash, FakeCatalog.Plan(Head + Grid
            + "exclude: [ \"depth == 3\", \"seed == 8\" ]\nkeep: { weights: snapshots }\naggregate: { diverged: drop_trial }").Hash);
        Assert.Equal(
            FakeCatalog.Plan(Head + Grid + "exclude: [ \"depth == 4\" ]").Hash,
            FakeCatalog.Plan(Head + Grid + "exclude: [ \"not (depth<4)\" ]").Hash);
        Assert.NotEqual(plain.Hash, FakeCatalog.Plan(Head + Grid + "exclude: [ \"depth == 4\" ]").Hash);
        Assert.NotEqual(plain.Hash, FakeCatalog.Plan(Head + Grid + "grids: [ { grid: { depth: [8] } } ]").Hash);
    }

    [Fact]
    public void Any_union_is_that_of_plain_loops_and_its_packs_cover_it_with_equal_static_values()
    {
        var some = Gen.Int[1, 3];
        Gen.Select(some, some, some, Gen.Int[1, 70], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 1])
            .Sample((depths, noises, rates, seeds, limit, bar, hasGrids) =>
            {
                var plan = FakeCatalog.Plan(Head + $"""
                    seeds: {seeds}
                    lanes: 16
                    grid:
                      depth: [{string.Join(", ", Enumerable.Range(1, depths))}]
                      noise: [{string.Join(", ", Enumerable.Range(0, noises))}]
                      lr: [{string.Join(", ", Enumerable.Range(1, rates))}]
                    exclude: [ "depth + noise > {limit + 1}", "seed > 2 and lr == 2" ]
                    when: {"{"} lr: noise >= {bar} {"}"}
                    {(hasGrids == 1 ? "grids: [ { grid: { depth: [1, 2], lr: [2, 9] } } ]" : "")}
                    """);
                IEnumerable<(long, double, double)> Loops(int[] depthValues, int[] rateValues) =>
                    from depth in depthValues
                    from noise in Enumerable.Range(0, noises)
                    from lr in noise >= bar ? rateValues.Select(rate => (double)rate) : [0.01]
                    where depth + noise <= limit + 1
                    select ((long)depth, (double)noise, lr);
                var points = Loops([.. Enumerable.Range(1, depths)], [.. Enumerable.Range(1, rates)])
                    .Concat(hasGrids == 1 ? Loops([1, 2], [2, 9]) : []).Distinct();
                var expected = points.SelectMany(point => Enumerable.Range(0, seeds)
                    .Where(seed => !(seed > 2 && point.Item3 == 2)).Select(seed => (point, (long)seed)));
                Assert.Equal(expected.Order(), Trials(plan).Select(trial =>
                    ((trial.Point.Integer("depth"), trial.Point.Real("noise"), trial.Point.Real("lr")), trial.Seed)).Order());
                Assert.Equal(
                    points.Order(), Points(plan).Select(point => (point.Integer("depth"), point.Real("noise"), point.Real("lr"))).Order());
                Assert.Equal(plan.TrialCount, plan.Packs.Sum(pack => (long)pack.Count));
                Assert.All(plan.Packs, pack => Assert.Single(
                    plan.WorkFor(pack, (_, _) => true).Trials.Select(trial => trial.Point.Integer("depth")).Distinct()));
            }, iter: 150);
    }

    private static IEnumerable<Trial> Trials(SweepPlan plan) =>
        Enumerable.Range(0, (int)plan.TrialCount).Select(index => plan.TrialAt(index));

    private static IEnumerable<Core.Experiments.Point> Points(SweepPlan plan) =>
        Enumerable.Range(0, (int)plan.PointCount).Select(index => plan.PointAt(index));
}
