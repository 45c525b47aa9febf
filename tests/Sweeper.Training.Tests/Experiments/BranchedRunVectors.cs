using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Golden;
using Sweeper.Training.Experiments;
using Sweeper.Training.Running;
using Xunit;
using static Sweeper.Training.Tests.Experiments.ReferenceRuns;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the reference runs S5 (lmc) and trains them through `mlp-classifier`: the first and the last split, all perturbations, and
/// pairs of different trunks. Training from an early split is chaotic (a change of 1e-16 there moves final barriers by some
/// percent), so the ends are held to the file's `checks`, and the reference's own numbers with them.
/// </summary>
internal static class BranchedRunVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode file)
    {
        file.Skip("meta", "grok", "labels", "wd", "depth", "masks", "checks");
        var runs = file["lmc"].Items;
        // The configuration of two trunks is that of the single ones.
        return runs.Select((run, index) => new GoldenCase($"lmc {index}", run, runs[0]));
    }

    public static void Check(GoldenCase golden)
    {
        if (golden.Node.Find("cross_trunks") is { } trunks)
        {
            CheckTrunks(golden, trunks);
        }
        else
        {
            CheckSplits(golden);
            CheckPerturbations(golden);
            golden.Node["config"].Skip("perturb_rule");
        }

        golden.Node.Skip("cpu_s");
    }

    /// <summary>
    /// Training barrier at least 0.15 at the first split and at most 0.02 at the last; agreement at least twice as high there.
    /// </summary>
    private static void CheckSplits(GoldenCase golden)
    {
        var splits = golden.Node["splits"].Items;
        Outcome[] early = [Of(splits[0]), Run(golden.Node["config"], $"split_step: {splits[0]["split"].Integer()}, branches: 2")[0]];
        Outcome[] late = [Of(splits[^1]), Run(golden.Node["config"], $"split_step: {splits[^1]["split"].Integer()}, branches: 2")[0]];
        Assert.All(early, outcome => AtLeast(golden, splits[0], 0.15, outcome.Barrier));
        Assert.All(late, outcome => AtLeast(golden, splits[^1], outcome.Barrier, 0.02));
        Assert.All(
            early.Zip(late), pair => AtLeast(golden, splits[^1], 2 * pair.First.Agreement.Average(), pair.Second.Agreement.Average()));
        foreach (var between in splits[1..^1])
        {
            Of(between);
            between.Skip("split");
        }
    }

    /// <summary>
    /// Barrier at most 0.02 at the smallest eta, at least 1 at the largest, not falling from 0.25 on; agreement of all but the last layer
    /// at most 0.05 at the largest.
    /// </summary>
    private static void CheckPerturbations(GoldenCase golden)
    {
        var (config, perturbed) = (golden.Node["config"], golden.Node["perturb"].Items);
        double[] eta = [.. perturbed.Select(node => node["eta"].Number())];
        var measured = Run(
            config, $"split_step: {config["perturb_at"].Integer()}, branches: 2", $"perturbation: [{string.Join(", ", eta.Select(Text))}]");
        foreach (var outcomes in new[] { measured, [.. perturbed.Select(Of)] })
        {
            AtLeast(golden, perturbed[0], outcomes[0].Barrier, 0.02);
            AtLeast(golden, perturbed[^1], 1, outcomes[^1].Barrier);
            AtLeast(golden, perturbed[^1], outcomes[^1].Agreement.SkipLast(1).Average(), 0.05);
            foreach (var (index, _) in eta.Index().Skip(1).Where(entry => eta[entry.Index - 1] >= 0.25))
            {
                AtLeast(golden, perturbed[index], outcomes[index - 1].Barrier, outcomes[index].Barrier);
            }
        }
    }

    /// <summary>Barrier at least 1.5 and agreement at most 0.1 at every split.</summary>
    private static void CheckTrunks(GoldenCase golden, GoldenNode trunks)
    {
        var (config, splits) = (golden.Block["config"], golden.Node["splits"].Items);
        var numbers = trunks.Numbers();
        Assert.Equal(numbers[0] + 1, numbers[1]);
        var branchSeed = golden.Node["branch_seed"].Number();
        foreach (var split in new[] { splits[0], splits[^1] })
        {
            var trained = Run(config, $"split_step: {split["split"].Integer()}, trunks: 2", seed: numbers[0], branchSeed: branchSeed)[0];
            Assert.All([Of(split), trained], outcome =>
            {
                AtLeast(golden, split, 1.5, outcome.Barrier);
                AtLeast(golden, split, outcome.Agreement.Max(), 0.1);
            });
        }

        foreach (var between in splits[1..^1])
        {
            between.Skip("split");
            AtLeast(golden, between, 1.5, Of(between).Barrier);
        }
    }

    private static void AtLeast(GoldenCase golden, GoldenNode where, double smaller, double larger) =>
        golden.Same(where, true, smaller <= larger);

    private static Outcome Of(GoldenNode node)
    {
        node.Skip("train_loss", "val_loss", "barrier_val");
        node["barrier_train"].Skip("code", "argmax");
        return new Outcome(node["barrier_train"]["paper"].Number(), node["sva"].Numbers());
    }

    private static Outcome[] Run(GoldenNode config, string branching, string? axis = null, double? seed = null, double? branchSeed = null)
    {
        string Number(string field) => config.Text(field);
        var branches = config["branch_seeds"].Numbers();
        Assert.Equal(branches[0] + 1, branches[1]);
        var yaml = $$"""
            sweep: reference
            experiment: mlp-classifier
            fixed: {
              train_examples: {{Number("n")}}, validation_examples: {{Number("n")}}, inputs: {{Number("din")}}, classes: {{Number("K")}},
              clusters: {{Number("clusters")}},
              separation: {{Number("sep")}}, label_noise: {{Number("noise")}}, data_seed: {{Number("data_seed")}},
              label_noise_seed: {{Number("data_seed")}},
              depth: {{Number("depth")}}, width: {{Number("hid")}}, learning_rate: {{Number("lr")}}, momentum: {{Number("mom")}},
              batch: {{Number("bs")}}, steps: {{Number("total")}}, rate_drops: [{{Number("decay_at")}}], dtype: float64,
              first_branch_seed: {{Text(branchSeed ?? branches[0])}}, {{branching}} }
            {{(axis is null ? "" : $"grid: {{ {axis} }}")}}
            seeds: [{{Text(seed ?? config["seed"].Number())}}]
            measure: [ { at: end, metrics: [barrier, branch_agreement] } ]
            """;
        var plan = SweepPlan.Parse(yaml, new ExperimentCatalog());
        // In the order of the plan: a pack is a range of it.
        return [.. plan.Packs.SelectMany(pack => Train(plan.WorkFor(pack, static (_, _) => true), config["total"].Integer()))];
    }

    private static IEnumerable<Outcome> Train(PackWork work, long end)
    {
        var measured = new Measured();
        Assert.Empty(new PackRunner().Run(work, measured, TestContext.Current.CancellationToken).Diverged);
        return Enumerable.Range(0, work.Trials.Length).Select(trial => new Outcome(
            measured.Of("barrier", end, trial, "train", "0-1")[0], measured.Of("branch_agreement", end, trial, "", "0-1")));
    }

    /// <summary>What a pair of networks ends at.</summary>
    private sealed record Outcome(double Barrier, double[] Agreement);
}
