using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>What `task-transfer` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class TaskTransferDeclaration
{
    /// <summary>The word of `init` for what depends on the training data.</summary>
    public const string TrainingAligned = TeacherStudent.TrainingAligned;

    /// <summary>The word of `init` for the law of the paper's nonlinear students.</summary>
    public const string TruncatedNormal = "truncated-normal";

    /// <summary>Three networks that begin apart and never part.</summary>
    public static Branching Members { get; } = new(3, 1, -1);

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
        [LossMetrics.Loss, LossMetrics.RelativeLoss, HeadMetrics.Loss, HeadMetrics.RelativeLoss, .. SpectrumMetrics.All];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("teacher", -1, "teachers", "The teachers' singular vectors."),
        new("data", -1, "validation inputs", "Validation inputs."),
        SeededStream.TargetNoise(),
        SeededStream.Initial("initial weights, the same for all members"),
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "task-transfer", 1,
        "Does it help to learn a second task along? Two teachers A and B, each a sum of rank-one maps, whose right singular vectors have a "
        + "chosen overlap, and three students of the same data: member 0 learns both with a head for each and hidden units for both, "
        + "member 1 learns A alone, member 2 B alone. The transfer benefit for A is the smallest error on A of member 1 minus that of "
        + "member 0 (Lampinen and Ganguli 2019, section 4): `reduce: minimum, baseline: { member: 0 }` in a figure. Training inputs are "
        + "the unit vectors. By default every seed draws its own teachers, noise and students; validation inputs are orthonormal, their "
        + "targets free of noise.",
        [
            Hyperparameter.Integer("depth", Binding.Static, 2, "Weight matrices of the students.") with { Minimum = 2, Maximum = 256 },
            Hyperparameter.Integer(
                "width", Binding.Static, 50, "Hidden units of a student, every layer.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer(
                "inputs", Binding.Static, 100,
                "Input dimension, and number of training and of validation examples.") with { Minimum = 2, Maximum = 4096 },
            Hyperparameter.Integer("outputs", Binding.Static, 50, "Outputs of each head.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Real(
                "leak", Binding.Static, 1,
                "Slope of the activation for negative arguments: of the students' hidden units and outputs, and of every piece of a "
                + "teacher. 1 is linear.") with { Minimum = 0, Maximum = 1 },
            Hyperparameter.Vector(
                "pieces", Binding.Static, [1],
                "Strengths of the rank-one maps that each teacher is the sum of, relative to its own; the "
                + "activation follows each of them.") with { Minimum = 0 },
            Hyperparameter.Real("strength_a", Binding.Batched, 3, "Singular value of teacher A.") with { Minimum = 0 },
            Hyperparameter.Real("strength_b", Binding.Batched, 3, "Singular value of teacher B.") with { Minimum = 0 },
            Hyperparameter.Real(
                "overlap", Binding.Batched, 0,
                "Scalar product of the equally ranked right singular vectors of both teachers.") with { Minimum = -1, Maximum = 1 },
            Hyperparameter.Real(
                "noise", Binding.Batched, 0.1, "Standard deviation of Gaussian noise on each training target.") with { Minimum = 0 },
            Hyperparameter.Flag(
                "train_clean", false, "Whether losses are measured on the split train_clean too: training inputs, targets without noise."),
            Hyperparameter.Integer(
                "steps", Binding.Static, 5000, "Optimizer steps, of half the sum of squared errors of all examples.") with { Minimum = 0 },
            OptimizerSettings.Family("gd"),
            .. OptimizerSettings.Numbers(learningRate: 1e-3),
            Hyperparameter.Choice(
                "init", TrainingAligned, [.. NamedChoices.Of(NamedChoices.Initials), TrainingAligned, TruncatedNormal],
                "Law of the initial matrices: as in teacher-student; truncated-normal has the variance 1.3 / (mean of inputs and outputs) "
                + "before it is cut off at two standard deviations."),
            Hyperparameter.Real(
                "init_scale", Binding.Batched, 0.00316227766016838, "Multiplies the initial matrices.") with { Minimum = 0 },
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Splits = ["train", "validation", "train_clean"],
        Constraints =
        [
            new(["pieces", "outputs", "inputs"], "pieces must have at least one value, at most outputs and at most half of inputs",
                static point => point.Vector("pieces").Length is > 0 and var pieces
                    && pieces <= point.Integer("outputs") && 2 * pieces <= point.Integer("inputs")),
            new(["init", "leak"], "init may be training-aligned only where leak is 1, of linear students",
                static point => point.Choice("init") != TrainingAligned || point.Real("leak") == 1),
        ],
        BytesPerLane = Bytes,
        LanesPerTrial = static _ => Members.Members,
        Engine = static _ => EngineKind.Lanes,
        OperationsPerStep = static point => Members.Members * Networks(point).OperationsPerStep(point.Integer("inputs")),
        DefaultMetrics = ["relative_loss", "head_relative_loss"],
    };

    /// <summary>Units of a student, from the inputs to the outputs of both heads.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
    [
        (int)point.Integer("inputs"), .. Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("depth") - 1),
        2 * (int)point.Integer("outputs"),
    ];

    private static NetworkDeclaration Networks(Point point) => new(Mlp.LayoutOf(Widths(point)), Splits: 2)
    {
        Branching = Members, LossSplits = point.Flag("train_clean") ? 1 : 0,
    };

    /// <summary>
    /// Activations and errors, weights and their gradients; data and what the singular vectors of targets take, in float64.
    /// </summary>
    private static long Bytes(Point point)
    {
        var (widths, number, examples) = (Widths(point), PrecisionSettings.Bytes(point), point.Integer("inputs"));
        return number * 6 * examples * widths.Sum() + LaneMemory.OfParameters(Mlp.LayoutOf(widths), number)
            + 10L * sizeof(double) * examples * (widths[^1] + examples);
    }
}
