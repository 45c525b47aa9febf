using System.Collections.Frozen;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments;
using Xunit;

namespace Sweeper.Training.Tests.Metrics;

/// <summary>
/// A small sweep of every experiment with all of its metrics, in float64 and so short that rounding has no time to grow: with its
/// defaults where nothing else is said here.
/// </summary>
internal static class SmallNetworks
{
    private static readonly FrozenDictionary<string, string> Settings = new Dictionary<string, string>
    {
        // As many modes as outputs: singular vectors of zero are arbitrary.
        ["teacher-student"] = "depth: 3, width: 5, inputs: 6, outputs: 4, teacher_spectrum: [4, 3, 2, 1], noise: 1, "
            + "train_examples: 24, validation_examples: 8, learning_rate: 0.01,",
        ["mlp-classifier"] = "depth: 3, width: 6, inputs: 4, classes: 3, train_examples: 20, validation_examples: 8, batch: 8, "
            + "optimizer: sgd, learning_rate: 0.05, trunks: 2, branches: 2, split_step: 1,",
        // The autoencoder is not trained: that would be in float32.
        ["latent-autoencoder"] = "channels: 2, latents: 3, train_examples: 8, validation_examples: 4, teacher_steps: 0, optimizer: gd, "
            + "learning_rate: 1e-3,",
        ["sequence-labelling"] =
            "layers: 2, hidden: 3, features: 4, symbols: 3, max_symbols: 3, train_examples: 20, validation_examples: 8, batch: 8, "
            + "learning_rate: 0.01,",
        ["language-model"] = "context: 3, train_examples: 6, validation_examples: 4, batch: 3, width: 6, heads: 2, hidden: 5, blocks: 2,",
        ["modular-addition"] = "modulus: 5, train_fraction: 0.5, width: 6, heads: 2, hidden: 7, layer_norm: true,",
        ["conv-classifier"] = "train_examples: 20, validation_examples: 8, batch: 8, learning_rate: 0.05, branches: 2, split_step: 1,",
        ["spiked-matrix"] = "inputs: 6, outputs: 4, spectrum: [4, 2],",
        ["task-transfer"] =
            "inputs: 8, outputs: 3, width: 4, init: gaussian, init_scale: 0.5, noise: 0.3, overlap: 0.5, train_clean: true, "
            + "learning_rate: 0.05,",
        ["ensemble-alignment"] =
            "inputs: 6, outputs: 2, width: 5, train_examples: 8, validation_examples: 12, init_scale: 0.5, task: classification,",
        ["jacobian-depth"] = "depth: 3, width: 5, min_active: 4, modes: 3, adapters: true, inputs: 6, outputs: 4, teacher_rank: 4,",
        ["denoising"] = "levels: 2, channels: 4, features: 4, train_examples: 4, draws: 2, validation_examples: 4, batch: 4,",
        ["finite-width"] = "width: 6, hidden_layers: 2, activation: relu, learning_rate: 0.05,",
        ["spectral-scaling"] = "width: 6, inputs: 3, outputs: 2, train_examples: 5, noise: 0.1,",
        ["sharpness"] = "depth: 3, inputs: 4, train_examples: 8, init_scale: 0.5, learning_rate: 0.01,",
        ["directional"] = "depth: 3, inputs: 3, width: 4, init: gaussian, learning_rate: 0.1,",
    }.ToFrozenDictionary();

    /// <summary>All experiments.</summary>
    public static TheoryData<string> Experiments => [.. new ExperimentCatalog().All.Select(experiment => experiment.Name)];

    /// <summary>The one pack of an experiment's sweep.</summary>
    public static PackWork Work(string experiment)
    {
        var declared = new ExperimentCatalog().All.Single(one => one.Name == experiment);
        // Some metrics look back from the last step; where nothing is trained there is one step.
        var (steps, at) = declared.Hyperparameters.Single(one => one.Name == "steps").Maximum == 0 ? (0, 0) : (4, 2);
        var network = Measuring(declared.DefaultMetrics);
        return Measuring(Of(network).Select(metric => metric.Name));

        PackWork Measuring(IEnumerable<string> metrics) => TestPacks.Work(
            $$"""
            experiment: {{experiment}}
            fixed: { {{Settings.GetValueOrDefault(experiment, "")}} steps: {{steps}}, dtype: float64 }
            seeds: 1
            measure: [ { at: [{{at}}], metrics: [{{string.Join(", ", metrics)}}] } ]
            """);
    }

    /// <summary>The metrics of which the networks of a pack have values: some are of one task of an experiment only.</summary>
    public static IEnumerable<MetricDeclaration> Of(PackWork work) =>
        work.Experiment.Metrics.Where(metric => metric.Lacks(work.Statics) is null);
}
