using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments;

/// <summary>What `directional` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class DirectionalDeclaration
{
    /// <summary>The word of `init` for layers of rank one and equal norm.</summary>
    public const string Balanced = "balanced";

    private const string Gaussian = "gaussian";

    /// <summary>The word of `gradient` for examples.</summary>
    public const string Sample = "sample";

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", -1, "training inputs", "Training inputs."),
        SeededStream.Initial("initial matrices of a Gaussian init", "Initial matrices of a Gaussian init, before their scale."),
        BatchSettings.Order,
    ];

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, DirectionMetrics.Cosine, DirectionMetrics.LogAlignment, DirectionMetrics.MapNorm, SpectrumMetrics.SingularValues,
        SpectrumMetrics.WeightNorm,
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "directional", 1,
        "Deep linear networks with one output learn to tell the two sides of a plane apart, by the logistic loss, from inputs of a "
        + "spherically symmetric law: how fast does their direction turn to that of the largest margin, v, the last unit vector, and how "
        + "does their norm go (Lin, Sun and Zhang 2021)? Gradient descent on the expected loss, which is computed by quadrature, or on "
        + "examples. One unit of time of the gradient flow is 1 / learning_rate steps. With the expected loss and balanced initial weights "
        + "nothing is random: one seed is enough. A network has diverged when a weight or the training loss is not finite, or the loss "
        + "exceeds a million times the sum of its first value and that of outputs 0.",
        [
            Hyperparameter.Integer("depth", Binding.Static, 2, "Weight matrices.") with { Minimum = 1, Maximum = 64 },
            Hyperparameter.Integer("inputs", Binding.Static, 2, "Input dimension.") with { Minimum = 2, Maximum = 512 },
            Hyperparameter.Integer("width", Binding.Static, 2, "Hidden units, every layer.") with { Minimum = 1, Maximum = 512 },
            Hyperparameter.Choice(
                "input_law", "sphere", ["sphere", "gaussian"], "Inputs: on the unit sphere, or with independent standard normal entries."),
            Hyperparameter.Choice(
                "init", Balanced, [Balanced, Gaussian],
                "Initial matrices: of rank one and equal norm with the product that initial_norm and initial_cosine say, or independent "
                + "Gaussian ones of variance 1 / inputs of the layer, times init_scale."),
            Hyperparameter.Real(
                "initial_norm", Binding.Batched, 1, "Norm of the initial map, of a balanced init.") with { Minimum = 1e-12 },
            Hyperparameter.Real(
                "initial_cosine", Binding.Batched, -0.8,
                "Cosine between the initial map and v, of a balanced init; the first "
                + "unit vector has the rest.") with { Minimum = -1, Maximum = 1 },
            Hyperparameter.Real(
                "imbalance", Binding.Batched, 1,
                "Multiplies the first matrix of a balanced init and divides the last one.") with { Minimum = 1e-6, Maximum = 1e6 },
            Hyperparameter.Real("init_scale", Binding.Batched, 1, "Multiplies the matrices of a Gaussian init.") with { Minimum = 0 },
            Hyperparameter.Choice(
                "gradient", "population", ["population", Sample],
                "What descends: the expected loss, or the mean loss of training examples."),
            Hyperparameter.Integer(
                "train_examples", Binding.Static, 100000,
                "Training examples, where examples are learned from.") with { Minimum = 1, Maximum = 1 << 22 },
            BatchSettings.Size(0),
            Hyperparameter.Integer("steps", Binding.Static, 3000, "Steps of gradient descent.") with { Minimum = 0 },
            Hyperparameter.Real("learning_rate", Binding.Batched, 0.01, "Learning rate.") with { Minimum = 0 },
            .. Streams.Seeds(),
            Hyperparameter.Choice("dtype", "float64", ["float32", "float64"], "Floating-point type of the training."),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Splits = ["train"],
        Constraints =
        [
            BatchSettings.Constraint,
            new(["batch", "gradient"], "batch must be 0 where gradient is population",
                static point => point.Integer("batch") == 0 || point.Choice("gradient") == Sample)
            {
                Remedy = $"leave batch out, or set `gradient: {Sample}`",
            },
            .. PartialSettings.Only(["train_examples", "data_seed"], "gradient", Sample),
            .. BatchSettings.IdleOrder,
            .. PartialSettings.Only(["initial_norm", "initial_cosine", "imbalance"], "init", Balanced),
            .. PartialSettings.Only(["init_scale", "init_seed"], "init", Gaussian),
        ],
        // The expected loss is computed in float64 whatever the networks have.
        Engine = static point =>
            point.Choice("gradient") == Sample || point.Choice("dtype") == "float64" ? EngineKind.Lanes : EngineKind.Torch,
        BytesPerLane = Bytes,
        OperationsPerStep = static point => Networks(point).OperationsPerStep(Examples(point)) + 100 * Points,
        DefaultMetrics = ["cosine", "map_norm"],
    };

    /// <summary>Points of a quadrature, at most.</summary>
    private const long Points = 1 << 13;

    /// <summary>Units from the inputs to the output.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
        [(int)point.Integer("inputs"), .. Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("depth") - 1), 1];

    private static NetworkDeclaration Networks(Point point) => new(Mlp.LayoutOf(Widths(point)), Splits: 1)
    {
        Inputs = (int)point.Integer("inputs"), Outputs = 1, Teacher = Mlp.LayoutOf([(int)point.Integer("inputs"), 1]),
    };

    private static long Examples(Point point) =>
        point.Choice("gradient") == Sample ? BatchSettings.ExamplesOfStep(point) : point.Integer("inputs");

    /// <summary>
    /// Weights and gradients; examples as they are drawn and trained on, with outputs and margins; margins of a quadrature.
    /// </summary>
    private static long Bytes(Point point)
    {
        var widths = Widths(point);
        var drawn = point.Choice("gradient") == Sample ? point.Integer("train_examples") : point.Integer("inputs");
        return LaneMemory.OfParameters(Mlp.LayoutOf(widths), sizeof(double))
            + sizeof(double) * (drawn * (3 * widths[0] + 8) + 3 * Examples(point) * widths.Sum() + 8 * Points);
    }
}
