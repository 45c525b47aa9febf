using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments;

/// <summary>What `sharpness` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class SharpnessDeclaration
{
    /// <summary>The word of `init` for matrices near the identity.</summary>
    public const string Residual = "residual";

    /// <summary>The word of `init` for matrices of rank one.</summary>
    public const string Balanced = "balanced";

    /// <summary>The word of `rate_unit` for the largest rate that a minimum can bear.</summary>
    public const string Critical = "critical";

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", -1, "inputs and regression vector", "Inputs and regression vector."),
        new("noise", -1, "target noise", "Noise on the targets, before its standard deviation."),
        SeededStream.Initial("initial matrices", "Initial matrices, before their scale."),
    ];

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, SharpnessMetrics.SolutionDistance, SharpnessMetrics.Sharpness, SharpnessMetrics.LowerBound,
        SharpnessMetrics.Ratio, SharpnessMetrics.Balanced, SharpnessMetrics.StabilityRatio, SpectrumMetrics.SingularValues,
        SpectrumMetrics.WeightNorm,
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "sharpness", 1,
        "Gradient descent of deep linear networks with one output on a noisy linear regression: how sharp are the minima in which it ends, "
        + "and which learning rates can it bear (Marion and Chizat 2024)? All layers are as wide as the inputs. The loss is the mean "
        + "squared error without a half; targets are divided by the norm of the least-squares solution, so that this has norm 1. Where the "
        + "learning rate is too large for every minimum, networks stay away from them or diverge: that is a result, not a failure. By "
        + "default every seed redraws everything. A network has diverged when a weight or the training loss is not finite, or the loss "
        + "exceeds a million times the sum of its first value and that of outputs 0.",
        [
            Hyperparameter.Integer("depth", Binding.Static, 10, "Weight matrices.") with { Minimum = 1, Maximum = 256 },
            Hyperparameter.Integer(
                "inputs", Binding.Static, 5, "Input dimension, and width of all hidden layers.") with { Minimum = 1, Maximum = 512 },
            Hyperparameter.Integer(
                "train_examples", Binding.Static, 50, "Training examples, with Gaussian inputs.") with { Minimum = 1, Maximum = 65536 },
            Hyperparameter.Real(
                "noise", Binding.Batched, 1,
                "Standard deviation of Gaussian noise on targets, of a Gaussian regression vector with "
                + "entries of variance 1.") with { Minimum = 0 },
            Hyperparameter.Choice(
                "init", "gaussian", ["gaussian", Residual, Balanced],
                "Initial matrices: independent entries of standard deviation init_scale; residual, the identity (one row of it at the end) "
                + "plus init_scale / (depth inputs)^(1/2) times such entries, which is a residual network with a fixed output vector; "
                + "balanced, of rank one and equal norm init_scale, in a random direction."),
            Hyperparameter.Real("init_scale", Binding.Batched, 0.25, "Scale of the initial matrices.") with { Minimum = 0 },
            Hyperparameter.Integer("steps", Binding.Static, 10000, "Steps of gradient descent, each on all examples.") with { Minimum = 0 },
            Hyperparameter.Real("learning_rate", Binding.Batched, 0.02, "Learning rate.") with { Minimum = 0 },
            Hyperparameter.Choice(
                "rate_unit", "one", ["one", Critical],
                "Unit of the learning rate: one, or critical, 1 / (L a) with L the depth and a the curvature of the data along the "
                + "solution: the largest rate at which any minimum can be stable."),
            .. Streams.Seeds(),
            Hyperparameter.Choice("dtype", "float64", ["float32", "float64"], "Floating-point type of the training."),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Splits = ["train"],
        BytesPerLane = Bytes,
        Engine = static _ => EngineKind.Lanes,
        OperationsPerStep = static point => Networks(point).OperationsPerStep(point.Integer("train_examples")),
        DefaultMetrics = ["loss", "sharpness", "sharpness_bound"],
    };

    /// <summary>Units from the inputs to the output.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
        [.. Enumerable.Repeat((int)point.Integer("inputs"), (int)point.Integer("depth")), 1];

    private static NetworkDeclaration Networks(Point point) => new(Mlp.LayoutOf(Widths(point)), Splits: 1)
    {
        Inputs = (int)point.Integer("inputs"), Outputs = 1,
    };

    /// <summary>
    /// Weights with their gradients; data; what the Hessian keeps of activations and their derivatives; the vectors of Lanczos' method, of
    /// which two are kept, and what makes the next.
    /// </summary>
    private static long Bytes(Point point)
    {
        var layout = Mlp.LayoutOf(Widths(point));
        long inputs = point.Integer("inputs"), examples = point.Integer("train_examples");
        return LaneMemory.OfParameters(layout, sizeof(double))
            + sizeof(double) * (12 * layout.Size + 8 * examples * Widths(point).Sum() + 8 * inputs * (examples + inputs));
    }
}
