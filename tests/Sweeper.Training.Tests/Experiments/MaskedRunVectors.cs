using Sweeper.Core.Sweeps;
using Sweeper.Golden;
using Sweeper.Training.Experiments;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the reference runs S6 (masks) and trains them through `mlp-classifier`. What has no random mask is compared number by number:
/// the reference's masked networks begin an order of the examples with a seed of their own, its network's seed plus 3. What a random mask
/// keeps is drawn otherwise there, so these networks are held to the file's `checks`, and the reference's own numbers with them; to save
/// time, one of our own is trained beside the first run only.
/// </summary>
internal static class MaskedRunVectors
{
    private const int OrderSeedOfMasked = 3, Unmasked = 0, Magnitude = 1, Random = 2;

    /// <summary>Thousands of steps make more of a last digit.</summary>
    private static readonly GoldenTolerance Trained = new(Absolute: 1e-9, Relative: 1e-6);

    public static IEnumerable<GoldenCase> CasesOf(GoldenNode file)
    {
        file.Skip("meta", "grok", "labels", "wd", "depth", "lmc", "checks");
        return file["masks"].Items.Select((run, index) => new GoldenCase($"{index}", run, file));
    }

    public static void Check(GoldenCase golden)
    {
        var node = golden.Node;
        var hasRandom = golden.Id == "0";
        var plan = SweepPlan.Parse(Yaml(node["config"], hasRandom ? "both" : "magnitude"), new ExperimentCatalog());
        var measured = new Measured();
        new PackRunner().Run(plan.WorkFor(plan.Packs[0], static (_, _) => true), measured, TestContext.Current.CancellationToken);
        var run = new Retrained(golden, measured, 2 * node["config"]["total_steps"].Integer() - node["config"]["rewind_step"].Integer());
        var pruned = node["layer_density"].Items.Length;
        double[] Pruned(string metric, int member) => measured.Of(metric, run.End, 0, "", $"0-{member}")[..pruned];

        run.Compare(node["full"], Unmasked);
        run.Compare(node["magnitude"]["retrained"], Magnitude);
        golden.Close(node["magnitude"]["sva_mask_final"], Pruned("mask_agreement", Magnitude), Trained);
        golden.Close(node["magnitude"]["sva_vs_unmasked_end"], Pruned("branch_agreement", Magnitude), Trained);
        foreach (var member in hasRandom ? [Magnitude, Random] : new[] { Magnitude })
        {
            golden.Close(node["layer_density"], run.OfWeights("density", member).AsSpan(0, pruned), new GoldenTolerance(Absolute: 1e-12));
        }

        AtLeast(golden, node["layer_density"], node["layer_density"].Numbers()[0], 3 * node["layer_density"].Numbers().Skip(1).Max());
        var random = node["random"];
        CheckRandom(random["sva_mask_final"].Numbers(), random["retrained"]["train_loss"].Number());
        if (hasRandom)
        {
            CheckRandom(Pruned("mask_agreement", Random), run.Loss("train", Random));
        }

        random.Skip("sva_vs_unmasked_end");
        random["retrained"].Skip("train_err", "val_loss", "val_err", "norm_erank", "align", "frob");
        node["info"].Skip("N", "k", "threshold", "kept_exact", "kept_strict");
        node.Skip("cpu_s");

        void CheckRandom(double[] agreement, double loss)
        {
            AtLeast(golden, random, node["magnitude"]["sva_mask_final"].Numbers().Average(), 3 * agreement.Average());
            AtLeast(golden, random, loss, 20 * node["magnitude"]["retrained"]["train_loss"].Number());
        }
    }

    private static void AtLeast(GoldenCase golden, GoldenNode where, double larger, double smaller) =>
        golden.Same(where, true, larger >= smaller);

    private static string Yaml(GoldenNode config, string mask)
    {
        string Number(string field) => config.Text(field);
        return $$"""
            sweep: reference
            experiment: mlp-classifier
            fixed: {
              train_examples: {{Number("n_train")}}, validation_examples: {{Number("n_val")}}, inputs: {{Number("din")}},
              classes: {{Number("K")}}, clusters: {{Number("clusters")}}, separation: {{Number("sep")}},
              depth: {{Number("depth")}}, width: {{Number("hid")}},
              learning_rate: {{Number("lr")}}, momentum: {{Number("momentum")}}, weight_decay: {{Number("weight_decay")}},
              batch: {{Number("batch")}},
              steps: {{Number("total_steps")}}, rate_drops: [{{Number("decay_at")}}], dtype: float64,
              mask: {{mask}}, keep: {{Number("keep")}}, rewind_step: {{Number("rewind_step")}},
              first_branch_seed: {{config["seed"].Integer() + OrderSeedOfMasked - Magnitude}} }
            seeds: [{{Number("seed")}}]
            measure:
              - { at: end, metrics: [loss, accuracy, normalised_effective_rank, weight_norm, layer_alignment] }
              - { at: end, metrics: [density, mask_agreement, branch_agreement] }
            """;
    }

    /// <summary>The three networks after their second training.</summary>
    private sealed record Retrained(GoldenCase Golden, Measured Measured, long End)
    {
        public double Loss(string split, int member) => Measured.Of("loss", End, 0, split, member: member)[0];

        public double[] OfWeights(string metric, int member) => Of(metric, member, "W1", "W2", "W3", "W4");

        public void Compare(GoldenNode expected, int member)
        {
            Golden.CompareSplits(expected, Measured, Trained, End, member);
            Golden.Close(expected["norm_erank"], OfWeights("normalised_effective_rank", member), Trained);
            Golden.Close(expected["frob"], OfWeights("weight_norm", member), Trained);
            Golden.Close(expected["align"], Of("layer_alignment", member, "W1-W2", "W2-W3", "W3-W4"), Trained);
        }

        private double[] Of(string metric, int member, params string[] components) =>
            Array.ConvertAll(components, component => Measured.Of(metric, End, 0, "", component, member)[0]);
    }
}
