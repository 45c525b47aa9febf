using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments;

/// <summary>What `teacher-student` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class TeacherStudentDeclaration
{
    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, LossMetrics.RelativeLoss, LossMetrics.TargetPowers,
        ModeMetrics.Strength, ModeMetrics.NormalisedStrength, ModeMetrics.AlignmentLeft, ModeMetrics.AlignmentRight,
        ModeMetrics.AlignmentPerExample, ModeMetrics.LeadingAlignmentPerExample,
        ModeLossMetrics.ModeLoss, ModeLossMetrics.Contribution, ModeLossMetrics.Power, ModeLossMetrics.Competition,
        ModeLossMetrics.NoiseCoupling, ModeLossMetrics.StudentResidual, ModeLossMetrics.TeacherResidual, ModeLossMetrics.Paired,
        .. LinearSplitMetrics.All, .. DataModeMetrics.All, ModeMetrics.TeacherStrength, SpectrumMetrics.TeacherSingularValues,
        .. WeightMetrics.All, SharpnessMetrics.Sharpness,
    ];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("teacher", 100, "teacher", "The teacher's singular vectors and second matrix."),
        new("data", 100, "inputs", "Training and validation inputs."),
        SeededStream.TargetNoise(100, "; randomised targets"),
        SeededStream.Initial("student's initial weights", "The student's initial weights, before their scale."),
        new("perturbation", -1, "direction of the perturbation", "Direction of the perturbation."),
        BatchSettings.Order,
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "teacher-student", 1,
        "A student network learns the outputs of a teacher whose first matrix has a chosen singular-value spectrum. Linear and "
        + "leaky-ReLU teachers and students without biases: learning dynamics and generalisation of deep linear "
        + "networks (Lampinen and Ganguli 2019) and their nonlinear mode decomposition. By default the teacher, the data and the "
        + "noise are the same for all seeds, which redraw the student; validation targets are noise-free. A lane has diverged "
        + "when a weight or the training loss is not finite, or the loss exceeds a million times its first value.",
        [
            Hyperparameter.Integer("depth", Binding.Static, 4, "Weight matrices of the student.") with { Minimum = 1, Maximum = 256 },
            Hyperparameter.Integer(
                "width", Binding.Static, 12, "Hidden units of the student, every layer.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("inputs", Binding.Static, 12, "Input dimension.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("outputs", Binding.Static, 12, "Output dimension.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Choice("student", "relu", ["relu", "linear"], "Leaky-ReLU or deep linear student."),
            Hyperparameter.Choice(
                "teacher", "relu", ["relu", "linear"],
                "Leaky-ReLU teacher of two matrices (chosen spectrum, then Haar), or one linear matrix."),
            Hyperparameter.Integer(
                "teacher_width", Binding.Static, 12, "Hidden units of the leaky-ReLU teacher.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Vector(
                "teacher_spectrum", Binding.Batched, [50, 40, 30, 20, 10],
                "Singular values of the teacher's first matrix; the rest are 0.") with { Minimum = 0 },
            Hyperparameter.Flag(
                "residual_teacher", false,
                "Whether what a linear map can do is taken out: targets become g (y - B x), B the least squares of the training targets "
                + "and g the factor that keeps their norm; validation uses the same B and g."),
            Hyperparameter.Real(
                "leak", Binding.Static, 0.1,
                "Slope of the activation for negative arguments, teacher and student.") with { Minimum = 0, Maximum = 1 },
            Hyperparameter.Flag("student_output_activation", false, "Whether the activation follows the student's last matrix too."),
            Hyperparameter.Flag("teacher_output_activation", false, "Whether the activation follows the teacher's last matrix too."),
            Hyperparameter.Choice(
                "input_law", "whitened", NamedChoices.Of(NamedChoices.Inputs),
                "Inputs X, rows examples: white (X^T X / n = 1), orthonormal (X^T X = 1), or Gaussian."),
            Hyperparameter.Flag(
                "whiten_validation", true, "Whether validation inputs follow input_law, by their own covariance; else they are Gaussian."),
            Hyperparameter.Integer("train_examples", Binding.Static, 256, "Training examples.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer(
                "validation_examples", Binding.Static, 128, "Validation examples.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Real(
                "noise", Binding.Batched, 0, "Standard deviation of Gaussian noise on each training target.") with { Minimum = 0 },
            Hyperparameter.Choice(
                "targets", "structured", ["structured", "randomised"],
                "Training targets: the teacher's with their noise, or Gaussian numbers of the same mean square in their place, which no "
                + "teacher made. Validation targets are the teacher's."),
            Hyperparameter.Flag(
                "train_clean", false,
                "Whether losses are measured on the split train_clean too: training inputs, targets without noise, which is the test error "
                + "of Lampinen and Ganguli."),
            Hyperparameter.Integer("steps", Binding.Static, 200_000, "Optimizer steps.") with { Minimum = 0 },
            BatchSettings.Size(0),
            OptimizerSettings.Family("gd"),
            Hyperparameter.Choice(
                "loss_scaling", "mean_example_sum_output", NamedChoices.Of(NamedChoices.Scalings),
                "How squared errors are added up in the trained loss: mean over examples and sum over outputs; half the sum; "
                + "mean over all entries."),
            .. OptimizerSettings.Numbers(learningRate: 1.8e-5),
            Hyperparameter.Choice(
                "init", "haar", [.. NamedChoices.Of(NamedChoices.Initials), TeacherStudent.TrainingAligned],
                "Law of the student's initial matrices: Haar orthogonal, Gaussian with variance 1 / inputs, or uniform on "
                + "+-1 / sqrt(inputs). Or training-aligned: a linear student starts with the singular vectors of its training data "
                + "(targets times inputs), all modes at init_scale^depth."),
            Hyperparameter.Real("init_scale", Binding.Batched, 0.7, "Multiplies the initial matrices.") with { Minimum = 0 },
            Hyperparameter.Real(
                "perturbation", Binding.Batched, 0,
                "Eta: every matrix is moved in a random direction by eta times its Frobenius norm.") with { Minimum = 0 },
            Hyperparameter.Integer(
                "perturbation_step", Binding.Static, 0,
                "Steps done before the perturbation; a measurement at that step shows the perturbed network.") with { Minimum = 0 },
            Hyperparameter.Flag(
                "perturbation_keeps_norm", true,
                "Whether the norm is restored after the perturbation, so that only the direction changes."),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Splits = ["train", "validation", "train_clean"],
        Constraints = TeacherStudentConstraints.All,
        BytesPerLane = Bytes,
        Engine = static _ => EngineKind.Lanes,
        OperationsPerStep = static point => Networks(point).OperationsPerStep(BatchSettings.ExamplesOfStep(point)),
        DefaultMetrics = ["loss", "relative_loss"],
    };

    /// <summary>Units of the student, from the inputs to the outputs.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
    [
        (int)point.Integer("inputs"), .. Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("depth") - 1),
        (int)point.Integer("outputs"),
    ];

    /// <summary>Units of the teacher.</summary>
    public static ImmutableArray<int> TeacherWidths(Point point)
    {
        int inputs = (int)point.Integer("inputs"), outputs = (int)point.Integer("outputs");
        return point.Choice("teacher") == "linear" ? [inputs, outputs] : [inputs, (int)point.Integer("teacher_width"), outputs];
    }

    private static NetworkDeclaration Networks(Point point) => new(Mlp.LayoutOf(Widths(point)), Splits: 2)
    {
        Inputs = (int)point.Integer("inputs"),
        Outputs = (int)point.Integer("outputs"),
        Examples = (int)TrainingSettings.Examples(point),
        Teacher = Mlp.LayoutOf(TeacherWidths(point)),
        LossSplits = point.Flag("train_clean") ? 1 : 0,
    };

    /// <summary>
    /// Activations, slopes and errors of training, then Jacobians, their SVD and the parts of the loss in float64 of a snapshot.
    /// </summary>
    private static long Bytes(Point point)
    {
        var widths = Widths(point);
        long examples = point.Integer("train_examples"), measured = TrainingSettings.Examples(point);
        var number = PrecisionSettings.Bytes(point);
        var training = number * (3 * examples * widths.Sum() + 6 * Mlp.LayoutOf(widths).Size);
        var jacobian = (long)widths.Max() * widths[0];
        return training + measured * jacobian * (2 * number + 14 * sizeof(double));
    }
}
