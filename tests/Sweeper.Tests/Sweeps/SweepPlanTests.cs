using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class SweepPlanTests
{
    private const string Sweep = """
        sweep: noise-vs-depth
        experiment: toy
        fixed: { width: 8, steps: 100 }
        grid:
          noise: { linspace: [0, 1, 3] }
          depth: [2, 4]
        zip:
          - { optimizer: [gd, adam], lr: [1.8e-5, 1e-4] }
        seeds: 2
        measure:
          - { at: { every: 40 }, metrics: [loss] }
          - { at: end, metrics: [norm, loss] }
        figures: [curves]
        allow_failed: 1
        profiles: { quick: { fixed: { steps: 10, noise: 0.5 }, seeds: [7], lanes: 4 } }
        """;

    [Fact]
    public void Static_axes_are_outermost_then_seeds_then_batched_axes()
    {
        var plan = FakeCatalog.Plan(Sweep);
        var trials = Enumerable.Range(0, (int)plan.TrialCount).Select(i => plan.TrialAt(i)).ToArray();
        var expected =
            from depth in new long[] { 2, 4 }
            from pair in new[] { ("gd", 1.8e-5), ("adam", 1e-4) }
            from seed in new long[] { 0, 1 }
            from noise in new[] { 0.0, 0.5, 1.0 }
            select (depth, pair.Item1, pair.Item2, seed, noise);
        Assert.Equal(expected, trials.Select(trial =>
            (
                trial.Point.Integer("depth"), trial.Point.Choice("optimizer"), trial.Point.Real("lr"), trial.Seed,
                trial.Point.Real("noise"))));
        Assert.All(trials, trial => Assert.Equal(8, trial.Point.Integer("width")));
        Assert.Equal(24, trials.Select(trial => trial.Id).Distinct().Count());
    }

    [Fact]
    public void Points_are_the_trials_without_their_seeds()
    {
        var plan = FakeCatalog.Plan(Sweep);
        var points = Enumerable.Range(0, (int)plan.PointCount).Select(i => plan.PointAt(i)).ToArray();
        var ofTrials = Enumerable.Range(0, (int)plan.TrialCount)
            .Select(i => plan.TrialAt(i)).Where(trial => trial.Seed == 0).Select(trial => trial.Point);
        Assert.Equal(points, ofTrials);
    }

    [Fact]
    public void A_profile_replaces_what_it_names_and_marks_the_folder()
    {
        var plan = FakeCatalog.Plan(Sweep, new SweepOverrides("quick", [], null));
        Assert.Equal("noise-vs-depth@quick", plan.Name);
        Assert.Equal([7], plan.Seeds);
        Assert.Equal(["depth", "optimizer", "lr"], plan.Swept.Select(swept => swept.Declaration.Name));
        Assert.Equal((0.5, 10), (plan.PointAt(0).Real("noise"), plan.PointAt(0).Integer("steps")));
    }

    [Fact]
    public void The_command_line_has_the_last_word()
    {
        var plan = FakeCatalog.Plan(
            Sweep, new SweepOverrides("quick", ["noise=linspace(0, 1, 5)", "depth=3", "spectrum=[2,1],[1,1]", "optimizer=adam"], "4..5"));
        Assert.Equal([4, 5], plan.Seeds);
        Assert.Equal([("lr", 2), ("noise", 5), ("spectrum", 2)], plan.Swept.Select(swept => (swept.Declaration.Name, swept.Values.Length)));
        Assert.Equal((3L, "adam"), (plan.PointAt(0).Integer("depth"), plan.PointAt(0).Choice("optimizer")));
    }

    [Fact]
    public void The_resolved_text_gives_the_same_plan_again()
    {
        foreach (var overrides in new[]
        {
            SweepOverrides.None, new SweepOverrides("quick", ["spectrum=[[0.1,1e-7,3],[1,2,1e21]]", "weight_decay=1e-7"], "3,9"),
        })
        {
            var plan = FakeCatalog.Plan(Sweep, overrides);
            var again = SweepPlan.Parse(plan.ResolvedText, FakeCatalog.Instance);
            Assert.Equal(
                (plan.Hash, plan.Name, plan.ResolvedText, plan.AllowFailed),
                (again.Hash, again.Name, again.ResolvedText, again.AllowFailed));
            Assert.Equal(plan.Figures, again.Figures);
            Assert.Equal(plan.TrialAt(plan.TrialCount - 1).Id, again.TrialAt(again.TrialCount - 1).Id);
        }
    }

    [Fact]
    public void Reformatting_and_reordering_keys_changes_neither_hash_nor_packs_nor_text()
    {
        const string Reformatted = """
            # the same sweep
            allow_failed: 1
            "figures":
              - curves
            measure:
              - metrics: [ loss, norm ]
                at: end
              - at:
                  every: 40
                metrics:
                - loss
            seeds: 0..1
            zip:
              - lr: [0.000018, 0.0001]
                optimizer: ["gd", 'adam']
            grid:
              depth: [2, 4]
              noise: [0, 5e-1, 1.0]
            fixed:
              steps: 1e2
              width: 8
            experiment: toy
            sweep: noise-vs-depth
            """;
        var (plan, same) = (FakeCatalog.Plan(Sweep), FakeCatalog.Plan(Reformatted));
        Assert.Equal(plan.Hash, same.Hash);
        Assert.Equal(plan.Packs, same.Packs);
        Assert.Equal(plan.TrialAt(5).Id, same.TrialAt(5).Id);
    }

    [Fact]
    public void The_hash_sees_whatever_changes_packs_or_rows()
    {
        var hashes = new[]
        {
            Sweep, Sweep.Replace("width: 8", "width: 9"), Sweep.Replace("[2, 4]", "[4, 2]"), Sweep.Replace("seeds: 2", "seeds: 3"),
            Sweep.Replace("every: 40", "every: 20"), Sweep.Replace("allow_failed", "lanes: 16\nallow_failed"),
        }.Select(text => FakeCatalog.Plan(text).Hash);
        Assert.Equal(6, hashes.Distinct().Count());
    }

    [Fact]
    public void Without_seeds_and_measure_one_seed_and_the_default_metrics_at_fifty_steps_are_meant()
    {
        var plan = FakeCatalog.Plan("sweep: a\nexperiment: toy");
        var schedule = plan.ScheduleFor(plan.PointAt(0));
        Assert.Equal([0L], plan.Seeds);
        Assert.Equal((1, 1), (plan.PointCount, plan.TrialCount));
        Assert.Equal((0, 1, 1000), (schedule.Snapshots[0].Step, schedule.Snapshots[1].Step, schedule.Snapshots[^1].Step));
        Assert.All(schedule.Snapshots, snapshot => Assert.Equal("loss", Assert.Single(snapshot.Metrics).Name));
    }

    [Fact]
    public void A_hundred_thousand_trials_are_expanded_without_materialising_the_grid()
    {
        var plan = FakeCatalog.Plan(
            "sweep: a\nexperiment: toy\ngrid: { noise: { linspace: [0, 1, 1000] }, lr: { geomspace: [1e-5, 1, 10] } }\nseeds: 10");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var last = plan.TrialAt(99_999);
        Assert.Equal((1.0, 1.0, 9), (last.Point.Real("noise"), last.Point.Real("lr"), last.Seed));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000);
        Assert.Equal(391, plan.Packs.Length);
    }
}
