using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Running;
using Sweeper.Training.Tests.Seams;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Running;

/// <summary>
/// Small sweeps with every experiment, every optimizer and every kind of phase; each measures every step and keeps its weights there.
/// </summary>
internal static class PausingSweeps
{
    /// <summary>The experiments of the program, and those that tests bring.</summary>
    public static ExperimentCatalog Catalog { get; } = new(
        [
            new TeacherStudent(), new MlpClassifier(), new LatentAutoencoder(), new MaskAndRewind(), new MatrixProducts(),
            new FrozenGates(), new TwoHeads(), new BranchedRegression(), new NormalisedRegression(), new ConvClassifier(), new Denoising(),
            new LanguageModel(), new ModularAddition(), new SequenceLabelling(), new TaskTransfer(), new FiniteWidth(),
            new SpectralScaling(), new JacobianDepth(), new DeepRegression(), new Directional(), new EnsembleAlignment(),
        ]);

    /// <summary>All.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Student("optimizer: gd", "weight_decay: [0, 0.1]"),
        Student("optimizer: gd, student: linear, teacher: linear, perturbation_step: 7, dtype: float64", "perturbation: [0, 0.5]"),
        Student("optimizer: sgd, batch: 5", "momentum: [0, 0.9]"),
        Student("optimizer: adam, batch: 16, residual_teacher: true, noise: 1", "weight_decay: [0, 0.1]"),
        Student("optimizer: adamw, depth: 3, noise_seed: 3", "weight_decay: [0, 0.1]"),
        Classifier("optimizer: sgd, warmup_steps: 4, rate_decay: cosine", "momentum: [0.5, 0.9]"),
        Classifier(
            "optimizer: adamw, rate_drops: [3, 9], trunks: 2, branches: 2, split_step: 6, perturbation: 0.2", "weight_decay: [0, 0.1]"),
        Classifier("optimizer: adam, branches: 3, split_step: 8, branch_order: trunk", "label_noise: [0, 0.5]"),
        Classifier("optimizer: sgd, steps: 9, mask: both, rewind_step: 6", "keep: [0.3, 0.6]")
            .Replace("steps: 14, ", "", StringComparison.Ordinal),
        Other(
            "latent-autoencoder",
            "steps: 12, train_examples: 8, validation_examples: 4, channels: 2, teacher_steps: 2, teacher_batch: 4, learning_rate: 1e-3",
            "init_scale: [0.3, 0.6]", "loss, mode_strength"),
        Other(
            "modular-addition", "steps: 12, modulus: 5, width: 6, heads: 2, hidden: 7, blocks: 2, batch: 8, warmup_steps: 3",
            "weight_decay: [0, 1]", "loss, singular_values"),
        Other(
            "language-model", "steps: 12, context: 4, train_examples: 8, validation_examples: 4, batch: 3, width: 6, heads: 2, hidden: 5",
            "weight_decay: [0, 1]", "loss, singular_values"),
        Other(
            "sequence-labelling", "steps: 12, layers: 1, hidden: 3, features: 4, train_examples: 8, validation_examples: 4, batch: 3",
            "noise: [0, 1]", "loss, singular_values"),
        Other("mask-and-rewind", "steps: 8, rewind: 3", "keep: [0.25, 1]", "loss, weight_norm, survivors"),
        Other("matrix-products", "steps: 12", "seed_of_all: [-1, 3]", "singular_values"),
        Other("frozen-gates", "steps: 12", "open: [0.5, 1]", "loss, open_gates, unheard"),
        Other("two-heads", "steps: 12", "learning_rate: [0.01, 0.1]", "loss, head_loss"),
        Other("branched-regression", "steps: 12, branches: 2, split_step: 5, optimizer: sgd", "learning_rate: [0.01, 0.1]", "loss"),
        Other(
            "normalised-regression", "steps: 8, branches: 2, split_step: 5, perturbation: 0.2", "learning_rate: [0.01, 0.1]",
            "loss, stale"),
        Other("normalised-regression", "steps: 8, rewind: 3", "learning_rate: [0.01, 0.1]", "loss, stale"),
        Other("conv-classifier", "steps: 6, train_examples: 20, validation_examples: 8, batch: 8", "weight_decay: [0, 0.1]", "loss"),
        Other(
            "denoising", "steps: 6, levels: 2, channels: 4, features: 4, train_examples: 4, draws: 2, validation_examples: 4, batch: 4",
            "weight_decay: [0, 0.1]", "loss"),
        Other(
            "task-transfer", "steps: 12, inputs: 8, outputs: 3, width: 4, init_scale: 0.3", "overlap: [0, 1]",
            "loss, relative_loss, singular_values"),
        Other(
            "finite-width", "steps: 12, width: 6, activation: tanh, learning_rate: 0.05", "richness: [0.5, 2]",
            "network_output, tangent_kernel"),
        Other(
            "finite-width", "steps: 12, width: 6, hidden_layers: 2, learning_rate: 0.05", "richness: [0.5, 2]",
            "network_output, feature_kernel"),
        Other(
            "spectral-scaling", "steps: 12, width: 6, inputs: 3, train_examples: 5", "richness: [0.5, 2]",
            "loss, hidden_outlier, ntk_sharpness"),
        Other(
            "ensemble-alignment", "steps: 12, inputs: 6, width: 5, train_examples: 8, validation_examples: 12, init_scale: 0.5, leak: 0",
            "snr: [1, 4]", "loss, function_cosine, hidden_cka"),
        Other(
            "sharpness", "steps: 12, depth: 3, inputs: 4, train_examples: 8, init: residual", "learning_rate: [0.01, 0.02]",
            "loss, sharpness, stability_ratio"),
        Other("directional", "steps: 12, depth: 3, inputs: 3", "initial_cosine: [-0.5, 0.5]", "cosine, map_norm"),
        Other("directional", "steps: 12, gradient: sample, train_examples: 20, batch: 6", "initial_norm: [0.5, 2]", "loss, cosine"),
        Other(
            "jacobian-depth", "steps: 12, depth: 3, width: 6, min_active: 2, modes: 2, teacher_rank: 2", "active_share: [0.5, 1]",
            "loss, mode_strength"),
        LookingBack,
    ];

    /// <summary>With a metric that is measured at the end, and looks back from there.</summary>
    public static string LookingBack => Student("optimizer: adam, batch: 5", "learning_rate: [0.01, 1e30]")
        .Replace("at: { every: 1 }", "at: { every: 1 }, metrics: [loss] }, { at: [4, 5, 9]", StringComparison.Ordinal)
        .Replace("relative_loss,", "relative_loss, final_agreement,", StringComparison.Ordinal);

    /// <summary>A sweep of a student.</summary>
    public static string Student(string settings, string axis) => Other(
        "teacher-student",
        $"steps: 14, width: 5, inputs: 6, outputs: 4, train_examples: 24, validation_examples: 8, teacher_spectrum: [3, 1], {settings}",
        axis, "relative_loss, mode_strength");

    /// <summary>The one pack of a sweep, trained by lanes where that is declared, unless torch is asked for.</summary>
    public static PackWork Work(string sweep, EngineKind engine = EngineKind.Lanes)
    {
        var plan = SweepPlan.Parse(sweep, Catalog);
        return plan.WorkFor(plan.Packs[0], static (_, _) => true) with { Engine = engine };
    }

    /// <summary>Whether lanes can train a sweep.</summary>
    public static bool HasLanes(string sweep) => SweepPlan.Parse(sweep, Catalog).Engine == EngineKind.Lanes;

    /// <summary>Whether the fused kernels can, too, given room.</summary>
    public static bool HasKernels(string sweep)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var work = Work(sweep);
        return HasLanes(sweep)
            && FusedEngine.Refusal(PackRunner.Build(Catalog.Of(work.Experiment), new PackContext(work, CPU)), int.MaxValue) is null;
    }

    private static string Classifier(string settings, string axis) => Other(
        "mlp-classifier",
        "steps: 14, depth: 3, width: 6, inputs: 4, classes: 3, train_examples: 20, validation_examples: 8, batch: 8, "
        + $"learning_rate: 0.05, {settings}", axis, "loss, accuracy, weight_norm");

    private static string Other(string experiment, string settings, string axis, string metrics) => $$"""
        sweep: pausing
        experiment: {{experiment}}
        fixed: { {{settings}} }
        grid: { {{axis}} }
        seeds: 2
        keep: { weights: snapshots }
        measure: [ { at: { every: 1 }, metrics: [{{metrics}}] } ]
        """;
}
