using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Experiments;

/// <summary>What `jacobian-depth` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class JacobianDepthDeclaration
{
    /// <summary>A layer's gates are drawn again until enough are open: that must come.</summary>
    private const double LeastProbability = 1e-3;

    /// <summary>What is classified.</summary>
    public static ClassificationData Data { get; } = new(new ClassMixture(), training: 2000, validation: 1000);

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        OfTasks(LossMetrics.Loss), OfTeachers(LossMetrics.RelativeLoss), OfClasses(LossMetrics.Accuracy),
        OfTasks(ModeMetrics.Strength), OfTeachers(ModeMetrics.NormalisedStrength), OfTeachers(ModeMetrics.TeacherStrength),
        OfTeachers(ModeMetrics.AlignmentLeft), OfTeachers(ModeMetrics.AlignmentRight),
        .. JacobianMetrics.All, .. ChainFlowMetrics.All,
    ];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("gates", -1, "gates", "Which gates are open."),
        new("teacher", -1, "teacher", "The teacher's matrix."),
        .. Data.Streams, .. TrainingSettings.Streams("initial weights, before their scale"),
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "jacobian-depth", 1,
        "Deep linear networks with gates between their layers, 0 or 1, that are drawn once and never trained: J = W_L D_(L-1) "
        + "W_(L-1) ... D_1 W_1. How far do the singular values of the Jacobian J lie apart, at the start and by training, and how do "
        + "its singular vectors follow those of the products of its layers (Haas, Gatine, Cosse and Bouraoui, \"Why deep Jacobian "
        + "spectra separate\")? By default they learn a low-rank linear teacher, on all unit vectors: then the loss is half the "
        + "squared distance of J and the teacher. Weights behind closed gates are 0 and stay so.",
        [
            Hyperparameter.Integer("depth", Binding.Static, 10, "Weight matrices between gates, L.") with { Minimum = 1, Maximum = 1000 },
            Hyperparameter.Integer("width", Binding.Static, 64, "Units of a layer, N.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Real("active_share", Binding.Batched, 0.5,
                "Probability that a gate is open, p; 1 is a deep linear network.") with { Minimum = 0, Maximum = 1 },
            Hyperparameter.Integer("min_active", Binding.Static, 1,
                "Gates of a layer are drawn again until so many of them are open: J has at least this rank.") with { Minimum = 0 },
            Hyperparameter.Choice("product", "jacobian", ["jacobian", "gated"],
                "Whether the last matrix has no gates after it, or has: then J = D_L W_L ... D_1 W_1."),
            Hyperparameter.Choice("init", "gaussian", ["gaussian", "balanced", "training-aligned", "rotated"],
                "Initial weights. gaussian: independent, of standard deviation sigma / width^(1/2). balanced: M_(l+1)^T M_(l+1) = "
                + "M_l M_l^T for M_l = D_l W_l D_(l-1), J has the singular values init_spectrum and uniformly random singular vectors. "
                + "training-aligned: balanced, with the singular vectors of the teacher. rotated: every matrix is R "
                + "diag(init_spectrum)^(1/L), R a turn by "
                + "`rotation` in the planes of the first and second axis, third and fourth, .."),
            Hyperparameter.Real(
                "sigma", Binding.Batched, 1, "Scale of gaussian initial weights between gates, sigma_w.") with { Minimum = 0 },
            Hyperparameter.Vector("init_spectrum", Binding.Static, [0.1],
                "Singular values of J at the start, for other initial weights; the rest are 0.") with { Minimum = 0 },
            Hyperparameter.Real("rotation", Binding.Batched, 0,
                "Angle, in radians, between what a layer puts out and what the next one takes in, of rotated initial weights."),
            Hyperparameter.Flag("adapters", false,
                "Whether a matrix before the gated layers and one after them lead from the inputs to width units and from there to "
                + "the outputs. They are Gaussian of standard deviation (columns)^(-1/2), they are trained, and J leaves them out."),
            Hyperparameter.Integer("inputs", Binding.Static, 0,
                "Input dimension with adapters, of images that of the dataset; 0: width.") with { Minimum = 0, Maximum = 4096 },
            Hyperparameter.Integer("outputs", Binding.Static, 0,
                "Output dimension with adapters; of classes their number; 0: width.") with { Minimum = 0, Maximum = 4096 },
            Hyperparameter.Integer(
                "modes", Binding.Static, 8, "Leading singular values and vectors that are measured.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Vector("layers", Binding.Static, [],
                "Layers l whose products A_l = W_L D_(L-1) ... W_(l+1) D_l and B_(l+1) = D_l W_l ... D_1 W_1 are measured; none "
                + "stands for all. Those from depth on are left out.") with { Minimum = 1 },
            Hyperparameter.Choice("task", "regression", ["none", "regression", "classification"],
                "What is learned: nothing (steps: 0), a linear teacher, or classes by cross-entropy."),
            Hyperparameter.Integer("teacher_rank", Binding.Static, 10,
                "Rank r of a teacher A B with Gaussian A and B, scaled to the Frobenius norm r^(1/2).") with { Minimum = 1 },
            Hyperparameter.Vector("teacher_spectrum", Binding.Static, [],
                "Singular values of a teacher with uniformly random singular vectors, in place of teacher_rank.") with { Minimum = 0 },
            .. Data.Declared,
            .. TrainingSettings.Declared(3000, 0, "gd", learningRate: 0.02, epoch: TrainingSettings.Epoch),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints = [.. JacobianDepthConstraints.All],
        DatasetHash = static point => ClassificationData.Images(point)?.ContentHash,
        CheckMachine = static point => _ = ClassificationData.Images(point) is { } dataset ? DataStore.Require(dataset) : [],
        BytesPerLane = Bytes,
        Engine = static point => point.Choice("task") == "none" ? EngineKind.Torch : EngineKind.Lanes,
        OperationsPerStep = static point => Networks(point).OperationsPerStep(ExamplesOfStep(point)),
        DefaultMetrics = ["log_singular_values"],
    };

    /// <summary>A number of units, or `width` where it is 0.</summary>
    public static int UnitsOr(string units, Point point) =>
        (int)(point.Integer(units) is > 0 and var chosen ? chosen : point.Integer("width"));

    /// <summary>Units of the network, from the inputs to the outputs.</summary>
    public static ImmutableArray<int> Widths(Point point)
    {
        var core = Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("depth") + 1);
        return !point.Flag("adapters") ? [.. core]
            : IsClassification(point) ? [Data.Inputs(point), .. core, Data.Classes(point)]
            : [UnitsOr("inputs", point), .. core, UnitsOr("outputs", point)];
    }

    /// <summary>The matrices between gates.</summary>
    public static WeightChain Chain(Point point)
    {
        var (depth, first) = ((int)point.Integer("depth"), point.Flag("adapters") ? 2 : 1);
        return new WeightChain(
            [.. Enumerable.Range(first, depth).Select(layer => $"W{layer}")], (int)point.Integer("modes"),
            WeightChain.LayersOf(point.Vector("layers"), depth));
    }

    /// <summary>Whether classes are learned.</summary>
    public static bool IsClassification(Point point) => point.Choice("task") == "classification";

    /// <summary>Whether a layer's gates come to be as many as asked for.</summary>
    public static bool HasEnoughGates(Point point) =>
        Gates.ProbabilityOfEnough(
            (int)point.Integer("width"), point.Real("active_share"), (int)point.Integer("min_active")) >= LeastProbability;

    private static NetworkDeclaration Networks(Point point)
    {
        var widths = Widths(point);
        return new(Mlp.LayoutOf(widths), Splits: point.Choice("task") switch { "none" => 0, "regression" => 1, _ => 2 })
        {
            Inputs = widths[0], Outputs = widths[^1], Chain = Chain(point),
            Teacher = point.Choice("task") == "regression" ? Mlp.LayoutOf([widths[0], widths[^1]]) : null,
        };
    }

    private static long ExamplesOfStep(Point point) => point.Choice("task") switch
    {
        "none" => 0,
        "regression" => Widths(point)[0],
        _ => BatchSettings.ExamplesOfStep(point),
    };

    /// <summary>
    /// Weights as they are drawn and as they are trained; where they are trained, with gradients and moments, activations and errors of a
    /// step or of what is evaluated at once, and the data; what is measured works on a float64 copy of all weights and some products. Drawn
    /// weights are held twice, while lanes are gathered.
    /// </summary>
    private static long Bytes(Point point)
    {
        var (widths, number) = (Widths(point), PrecisionSettings.Bytes(point));
        var weights = Mlp.LayoutOf(widths).Size;
        var measured = weights * (3 * sizeof(double) + number) + 40L * sizeof(double) * point.Integer("width") * point.Integer("width");
        if (point.Choice("task") == "none")
        {
            return measured;
        }

        var examples = IsClassification(point) ? TrainingSettings.Examples(point) : widths[0];
        var atOnce = Math.Max(ExamplesOfStep(point), Math.Min(Outputs.ExamplesAtOnce, examples));
        return measured + 7 * number * weights + 3 * number * atOnce * widths.Sum()
            + 4 * sizeof(double) * examples * widths[^1]
            + (IsClassification(point) ? Data.BytesPerLane(point, number) : 10L * sizeof(double) * widths[0] * (widths[0] + widths[^1]));
    }

    private static Metric OfTasks(Metric metric) => Where(
        metric, "needs a task", static networks => networks.Splits > 0, static program => program.Splits is not []);

    private static Metric OfTeachers(Metric metric) => Where(
        metric, "needs a teacher: `task: regression`", static networks => networks.Teacher is not null,
        static program => program.Teacher is not null);

    private static Metric OfClasses(Metric metric) => Where(
        metric, "needs classes: `task: classification`", static networks => networks is { Teacher: null, Splits: > 0 },
        static program => program is { Teacher: null, Splits: not [] });

    /// <summary>A metric of some tasks only: elsewhere it has no values.</summary>
    private static Metric Where(Metric metric, string lack, Func<NetworkDeclaration, bool> has, Func<Program, bool> hasBuilt) => metric with
    {
        Lacks = networks => has(networks) ? null : lack,
        Rows = networks => has(networks) ? metric.Rows(networks) : 0,
        Measure = snapshot => hasBuilt(snapshot.Program) ? metric.Measure(snapshot) : [],
    };
}
