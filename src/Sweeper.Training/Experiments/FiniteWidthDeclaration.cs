using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments;

/// <summary>What `finite-width` declares.</summary>
internal static class FiniteWidthDeclaration
{
    /// <summary>Units that saturate.</summary>
    public const string Tanh = "tanh";

    /// <summary>What it measures.</summary>
    public static ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, .. KernelMetrics.All];

    private static ImmutableArray<SeededStream> Streams { get; } = [SeededStream.Initial()];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "finite-width", 1,
        "Networks of one output learn a single example by gradient descent on (target - f)^2 / 2: f = a . phi(h) / (richness width), h = W "
        + "x / |x|, and between further hidden layers W phi(h) / width^(1/2), with weights that begin as independent N(0, 1) and the "
        + "learning rate learning_rate * richness^2 * width (Bordelon and Pehlevan 2023). The wider they are, the less outputs and kernels "
        + "differ between initial weights: each seed is one network, and `spread: variance` draws variances. Small richness is the lazy "
        + "limit. By symmetry two inputs stand for any number; the validation example is the normalised sum of the training example and an "
        + "orthogonal one, with the target of the smallest linear function.",
        [
            Hyperparameter.Integer("width", Binding.Static, 64, "Units of each hidden layer, N.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("hidden_layers", Binding.Static, 1, "Hidden layers.") with { Minimum = 1, Maximum = 64 },
            Hyperparameter.Choice(
                "activation", "linear", ["linear", "relu", Tanh],
                "phi: the identity, 2^(1/2) max(0, h), or tanh(saturation h) / saturation."),
            Hyperparameter.Real("saturation", Binding.Static, 0.4, "Of tanh: units are linear up to its inverse.") with { Minimum = 1e-3 },
            Hyperparameter.Real(
                "richness", Binding.Batched, 1, "gamma: how far features move while the target is learned.") with { Minimum = 1e-6 },
            Hyperparameter.Real("target", Binding.Batched, 1, "What is learned, y."),
            Hyperparameter.Integer("steps", Binding.Static, 600, "Steps of gradient descent.") with { Minimum = 0 },
            Hyperparameter.Real(
                "learning_rate", Binding.Batched, 0.01, "eta: time that passes in a step, whatever the width.") with { Minimum = 0 },
            .. Streams.Seeds(),
            PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, static point => new(Mlp.LayoutOf(Widths(point)), Splits: 2) { Inputs = 2, Outputs = 1 }))
    {
        Constraints =
        [
            new(["activation", "hidden_layers"], "with tanh units there is one hidden layer",
                static point => point.Choice("activation") != Tanh || point.Integer("hidden_layers") == 1)
            {
                Remedy = "set `hidden_layers: 1`, or take other units",
            },
            .. PartialSettings.Only(["saturation"], "activation", Tanh),
        ],
        Engine = static point => point.Choice("activation") == Tanh ? EngineKind.Torch : EngineKind.Lanes,
        // Weights as they are drawn, as they are trained, and their gradients.
        BytesPerLane = static point => Mlp.LayoutOf(Widths(point)).Size * (2 * sizeof(double) + 4 * PrecisionSettings.Bytes(point)) + 1024,
        OperationsPerStep = static point => 6.0 * Mlp.LayoutOf(Widths(point)).Size,
        DefaultMetrics = ["network_output", "tangent_kernel"],
    };

    /// <summary>Units from the inputs to the output.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
        [2, .. Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("hidden_layers")), 1];
}
