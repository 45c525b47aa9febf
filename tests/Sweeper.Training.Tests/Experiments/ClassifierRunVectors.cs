using System.Text.RegularExpressions;
using Sweeper.Core.Sweeps;
using Sweeper.Golden;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Sweeper.Training.Running;
using Xunit;
using static Sweeper.Training.Tests.Experiments.ReferenceRuns;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the reference runs S2 (labels), S3 (wd) and S4 (depth): the losses of the first batches and what is measured before
/// the first step, through `mlp-classifier` itself. Later points of the curves are statistical; they are for full runs.
/// </summary>
internal static partial class ClassifierRunVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode file)
    {
        file.Skip("meta", "grok", "lmc", "masks", "checks");
        foreach (var study in new[] { "labels", "wd", "depth" })
        {
            foreach (var (index, run) in file[study].Items.Index())
            {
                yield return new GoldenCase($"{study} {index}", run, file);
            }
        }
    }

    public static void Check(GoldenCase golden)
    {
        var catalog = new ExperimentCatalog();
        var plan = SweepPlan.Parse(Yaml(golden.Node["config"]), catalog);
        CheckLosses(golden, plan);
        CheckStart(golden, plan, catalog);
        golden.Node.Skip("cpu_s", "pruned");
    }

    private static void CheckLosses(GoldenCase golden, SweepPlan plan)
    {
        var program = TestPacks.Program(new MlpClassifier(), plan);
        var (state, engine) = (TrainingState.Start(program), new TorchEngine(program));
        foreach (var (step, expected) in golden.Node["first_batch_losses"].Items.Index())
        {
            var batch = state.Batch(program.Splits[0]);
            var loss = program.Rule!.Objective.Loss(Outputs.Of(program.Model, state.Parameters, batch.Inputs), batch.Targets);
            golden.Close(expected, loss.Number(), step < ExactLosses ? Exact : Nearly);
            engine.Advance(state, 1);
        }
    }

    private static void CheckStart(GoldenCase golden, SweepPlan plan, ExperimentCatalog catalog)
    {
        var measured = new Measured();
        new PackRunner("cpu", catalog)
            .Run(plan.WorkFor(plan.Packs[0], static (_, _) => true), measured, TestContext.Current.CancellationToken);
        var start = golden.Start();
        golden.Same(start["epoch"], start["epoch"].Integer(), 0);
        golden.CompareSplits(start, measured, Exact);

        golden.Close(start["norm_erank"], OfWeights("normalised_effective_rank"), Exact);
        golden.Close(start["frob"], OfWeights("weight_norm"), Exact);
        golden.Close(start["align"], Layers("layer_alignment", start["align"], layer => $"W{layer}-W{layer + 1}"), Exact);
        double[] OfWeights(string metric) => Layers(metric, start["frob"], layer => $"W{layer}");

        double[] Layers(string metric, GoldenNode expected, Func<int, string> component) =>
            [.. Enumerable.Range(1, expected.Items.Length).Select(layer => measured.Of(metric, 0, 0, "", component(layer))[0])];
    }

    private static string Yaml(GoldenNode config)
    {
        string Number(string field) => config.Text(field);
        config.Skip("epochs");
        var optimizer = config.Find("optimizer") is { } named && AdamW().Match(named.Text()) is { Success: true } adam
            ? $"optimizer: adamw, beta1: {adam.Groups[1]}, beta2: {adam.Groups[2]}, adam_eps: {adam.Groups[3]}"
            : $"optimizer: sgd, momentum: {Number("momentum")}";
        return $$"""
            sweep: reference
            experiment: mlp-classifier
            fixed: {
              train_examples: {{Number("n_train")}}, validation_examples: {{Number("n_val")}}, inputs: {{Number("din")}},
              classes: {{Number("K")}},
              clusters: {{Number("clusters")}}, separation: {{Number("sep")}}, label_noise: {{Number("noise")}}, depth: {{Number("depth")}},
              width: {{Number("hid")}},
              learning_rate: {{Number("lr")}}, weight_decay: {{Number("weight_decay")}}, batch: {{Number("batch")}}, {{optimizer}},
              dtype: float64, steps: 1 }
            seeds: [{{Number("seed")}}]
            measure: [ { at: [0], metrics: [loss, accuracy, normalised_effective_rank, weight_norm, layer_alignment] } ]
            """;
    }

    [GeneratedRegex(@"^AdamW\((.+),(.+),(.+)\)$")]
    private static partial Regex AdamW();
}
