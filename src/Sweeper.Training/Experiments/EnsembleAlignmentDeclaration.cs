using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>What `ensemble-alignment` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class EnsembleAlignmentDeclaration
{
    /// <summary>The word of `init` for the end of training on squared error from small weights.</summary>
    public const string MinNorm = "min-norm";

    private const string Normal = "normal", Drawn = "gaussian";

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("teacher", -1, "teacher", "The teacher."),
        new("data", -1, "inputs", "Training and validation inputs; which images they are."),
        new(
            "noise", -1, "noise, another one for every network",
            "Noise, before its standard deviation; which labels are replaced, and by what."),
        SeededStream.Initial("initial weights, others for every network"),
    ];

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, LossMetrics.ExcessRisk, RepresentationMetrics.TargetCosine, .. RepresentationMetrics.OfPairs,
        .. SpectrumMetrics.All,
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "ensemble-alignment", 1,
        "Do networks that saw different noise learn the same? The networks of a trial, one hidden layer each, learn noisy copies of one "
        + "data set, and are compared in pairs: their functions, and what their hidden units represent (Umar and Laio 2026). The component "
        + "`different trunks` of a metric is its mean over all pairs. By default every seed draws its own teacher, data, noise and "
        + "networks; validation data carry no noise.",
        [
            Hyperparameter.Choice(
                "task", "regression", ["regression", "classification"],
                "Whether the outputs of a linear teacher are learned, by squared error, or which of them is the largest, by cross-entropy; "
                + "of images their class."),
            Hyperparameter.Choice(
                "dataset", Drawn, [Drawn, .. Datasets.Images.Select(dataset => dataset.Name)],
                "Inputs: independent N(0, 1); the others are images from files (`sweeper data`), each channel standardised by the training "
                + "images, which every seed chooses anew."),
            Hyperparameter.Integer("inputs", Binding.Static, 40, "Input dimension d of gaussian.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer(
                "outputs", Binding.Static, 1,
                "Outputs of the teacher of gaussian, or classes. The teacher of every output is a "
                + "random direction of norm 1.") with { Minimum = 1, Maximum = 1024 },
            Hyperparameter.Integer(
                "train_examples", Binding.Static, 80, "Training examples n of each network.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer(
                "validation_examples", Binding.Static, 160,
                "Validation examples, without noise, on which networks are compared. Of gaussian they come as x and -x and are made "
                + "exactly white, so that what is measured on them of linear networks is "
                + "its mean over all inputs.") with { Minimum = 2, Maximum = 1 << 20 },
            Hyperparameter.Integer(
                "networks", Binding.Static, 3,
                "Networks of a trial: each has initial weights and noise of its own.") with { Minimum = 2, Maximum = 64 },
            Hyperparameter.Choice(
                "perturb", "labels", ["inputs", "labels", "fresh"],
                "Where the networks' data differ: noise on the inputs, targets without; noise on the targets, the inputs shared; or noise "
                + "on the targets, and inputs drawn anew."),
            Hyperparameter.Real(
                "snr", Binding.Batched, 2,
                "Signal-to-noise ratio: Gaussian noise on inputs has the variance 1 / snr, noise on a number to be learned too. Of classes "
                + "a share of 1 / (1 + snr) is replaced by any class.") with { Minimum = 1e-12 },
            Hyperparameter.Integer(
                "width", Binding.Static, 30, "Hidden units, one layer of them, without biases.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Real(
                "leak", Binding.Static, 1,
                "Slope of the activation of hidden units for negative arguments: "
                + "1 is linear, 0 is ReLU.") with { Minimum = 0, Maximum = 1 },
            Hyperparameter.Integer(
                "steps", Binding.Static, 6000, "Optimizer steps, on all training examples at once.") with { Minimum = 0 },
            OptimizerSettings.Family("gd"),
            .. OptimizerSettings.Numbers(learningRate: 0.025),
            Hyperparameter.Choice(
                "init", Normal, [Normal, MinNorm],
                "Initial weights: independent normal numbers; or, with `steps: 0`, where gradient descent on squared error leads from ever "
                + "smaller ones: the smallest linear map of those that fit best, W = U S V^T, as S^(1/2) V^T and U S^(1/2)."),
            Hyperparameter.Real(
                "init_scale", Binding.Batched, 0.01, "Standard deviation of an initial weight; min-norm has none.") with { Minimum = 0 },
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints =
        [
            new(["validation_examples", "inputs"],
                "validation_examples must be even and at least twice inputs where inputs are gaussian",
                static point => Images(point) is not null
                    || (point.Integer("validation_examples") is var examples && examples % 2 == 0
                        && examples >= 2 * point.Integer("inputs")))
            {
                Remedy = "take an even number of validation_examples, twice inputs or more",
            },
            new(["task", "outputs"], "task may be classification of gaussian only with at least two outputs",
                static point => !IsClassification(point) || Images(point) is not null || point.Integer("outputs") > 1)
            {
                Remedy = "raise outputs, which is the number of classes",
            },
            new(["task", "dataset"], "task must be classification where the dataset has images",
                static point => Images(point) is null || IsClassification(point))
            {
                Remedy = $"set `task: classification`, or `dataset: {Drawn}`",
            },
            new(["train_examples", "validation_examples", "networks", "perturb", "dataset"],
                "train_examples (of all networks together where perturb is fresh) and validation_examples must together be at most the "
                + "images of the dataset",
                static point => Images(point) is not { } dataset
                    || (Copies(point) * point.Integer("train_examples")) + point.Integer("validation_examples") <= dataset.Shape.Images)
            {
                Remedy = "lower train_examples or validation_examples",
            },
            new(["init", "task", "leak", "width", "outputs"],
                "init may be min-norm only for regression by linear networks (leak is 1) of at least as many hidden "
                + "units (width) as outputs",
                static point => !IsMinNorm(point)
                    || (!IsClassification(point) && point.Real("leak") == 1 && point.Integer("width") >= point.Integer("outputs")))
            {
                Remedy = $"set `init: {Normal}`, or `task: regression` and `leak: 1`, with a width of outputs or more",
            },
            .. PartialSettings.Only(["init_scale", "init_seed"], "init", Normal),
            .. PartialSettings.Only(["inputs", "outputs", "teacher_seed"], "dataset", Drawn),
            .. OptimizerSettings.IdleNumbers,
        ],
        DatasetHash = static point => Images(point)?.ContentHash,
        CheckMachine = static point => _ = Images(point) is { } dataset ? DataStore.Require(dataset) : [],
        BytesPerLane = Bytes,
        LanesPerTrial = static point => (int)point.Integer("networks"),
        Engine = static _ => EngineKind.Lanes,
        OperationsPerStep = static point => point.Integer("networks") * Networks(point).OperationsPerStep(point.Integer("train_examples")),
        DefaultMetrics = ["excess_risk", "function_cosine", "hidden_cka"],
    };

    /// <summary>The images that are learned, or null for what is drawn.</summary>
    public static ImageDataset? Images(Point point) => ClassificationData.Images(point);

    /// <summary>Whether classes are learned.</summary>
    public static bool IsClassification(Point point) => point.Choice("task") == "classification";

    /// <summary>Whether networks begin where training would end.</summary>
    public static bool IsMinNorm(Point point) => point.Choice("init") == MinNorm;

    /// <summary>Data sets of a trial, before the noise.</summary>
    public static int Copies(Point point) => point.Choice("perturb") == "fresh" ? (int)point.Integer("networks") : 1;

    /// <summary>The networks of a trial.</summary>
    public static Branching Members(Point point) => new((int)point.Integer("networks"), 1, -1);

    /// <summary>Units of a network.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
    [
        Images(point)?.Shape.Values ?? (int)point.Integer("inputs"), (int)point.Integer("width"),
        Images(point)?.Shape.Classes ?? (int)point.Integer("outputs"),
    ];

    private static NetworkDeclaration Networks(Point point) => new(Mlp.LayoutOf(Widths(point)), Splits: 2)
    {
        Branching = Members(point),
    };

    /// <summary>
    /// Parameters; data as they are drawn, with their noise, and in the type of the training; activations; products of the hidden units of
    /// all networks.
    /// </summary>
    private static long Bytes(Point point)
    {
        var (widths, number) = (Widths(point), PrecisionSettings.Bytes(point));
        long training = point.Integer("train_examples"), validation = point.Integer("validation_examples");
        return LaneMemory.OfParameters(Mlp.LayoutOf(widths), number)
            + (sizeof(double) * (((3 + Copies(point)) * training) + (3 * validation)) * (widths[0] + widths[^1]))
            + (3 * number * Math.Max(training, validation) * widths.Sum())
            + (2L * sizeof(double) * point.Integer("networks") * widths[1] * widths[1]);
    }
}
