using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Experiments;

/// <summary>What `mlp-classifier` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class MlpClassifierDeclaration
{
    private const string Synthetic = "synthclass";

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, LossMetrics.Accuracy, .. WeightMetrics.All, HalfSpectrumMetrics.Accuracy, .. BranchMetrics.All,
        .. MaskMetrics.All,
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "mlp-classifier", 1,
        "A multilayer perceptron with ReLU, biases and PyTorch's initial weights learns to classify, by cross-entropy on mini-batches: "
        + "spectra of its weights under label noise, weight decay and depth, and whether branches of one network stay connected (Yunis et al. 2024). Label noise is in the training labels only. "
        + "By default every seed redraws everything. A lane has diverged when a weight or the training loss is not finite, or the loss "
        + "exceeds a million times its first value.",
        [
            Hyperparameter.Choice("dataset", Synthetic, [Synthetic, .. Datasets.Images.Select(dataset => dataset.Name)], "What is classified: synthclass is drawn, a mixture of unit Gaussians around the centres of the classes; the others are images from files (`sweeper data`), each channel standardised by the training images."),
            Hyperparameter.Integer("train_examples", Binding.Static, 3000, "Training examples. Images stand in one random order, always the same: the first ones are for training.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer("validation_examples", Binding.Static, 3000, "Validation examples; never trained on, and with clean labels. Images: the last ones.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer("inputs", Binding.Static, 64, "Input dimension of synthclass.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("classes", Binding.Static, 10, "Classes of synthclass.") with { Minimum = 2, Maximum = 1024 },
            Hyperparameter.Integer("clusters", Binding.Static, 3, "Centres of each class of synthclass.") with { Minimum = 1, Maximum = 1024 },
            Hyperparameter.Real("separation", Binding.Batched, 4, "Distance of synthclass's centres from 0, in standard deviations of the examples around them.") with { Minimum = 0 },
            Hyperparameter.Real("label_noise", Binding.Batched, 0, "Share of the training labels that are replaced.") with { Minimum = 0, Maximum = 1 },
            Hyperparameter.Choice("label_noise_kind", "uniform", ["uniform", "permutation"], "By what: a class drawn uniformly, which may be the old one; or one another's labels in random order, which keeps the number of each class."),
            Hyperparameter.Integer("depth", Binding.Static, 4, "Weight matrices.") with { Minimum = 1, Maximum = 200 },
            Hyperparameter.Integer("width", Binding.Static, 96, "Hidden units, every layer.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("steps", Binding.Static, 4500, "Optimizer steps; an epoch is train_examples / batch of them.") with { Minimum = 0 },
            BatchSettings.Size(100),
            OptimizerSettings.Family("sgd"),
            .. OptimizerSettings.Numbers(learningRate: 0.02),
            .. RateSettings.Declared,
            .. BranchingSettings.Declared,
            .. MaskSettings.Declared,
            SeedSettings.Of("data", -1, "examples of synthclass"),
            SeedSettings.Of("label_noise", -1, "label noise"),
            SeedSettings.Of("init", -1, "initial weights and biases"),
            SeedSettings.Of("order", -1, "order of the examples"),
            Hyperparameter.Choice("dtype", "float32", ["float32", "float64"], "Floating-point type of the training."),
        ],
        [
            new StreamDeclaration("data", "data_seed", "Centres, labels and examples of synthclass."),
            new StreamDeclaration("label_noise", "label_noise_seed", "Which training labels are replaced, and by what."),
            new StreamDeclaration("init", "init_seed", "Initial weights and biases."),
            BatchSettings.Order,
            BranchingSettings.Stream,
            MaskSettings.Stream,
        ],
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints = [Enough, .. SettingsOfSynthetic, BatchSettings.Constraint, RateSettings.Constraint, .. BranchingSettings.Constraints, .. MaskSettings.Constraints],
        LastStep = MaskSettings.LastStep,
        DatasetHash = static point => Images(point)?.ContentHash,
        CheckMachine = static point => _ = Images(point) is { } dataset ? DataStore.Require(dataset) : [],
        LanesPerTrial = static point => BranchingSettings.Of(point).Members,
        BytesPerLane = Bytes,
        Engine = static _ => EngineKind.Lanes,
        OperationsPerStep = static point => Networks(point).OperationsPerStep(BatchSettings.ExamplesOfStep(point)),
        DefaultMetrics = ["loss", "accuracy"],
    };

    /// <summary>Units of the network, from the inputs to the classes.</summary>
    public static ImmutableArray<int> Widths(Point point)
    {
        var (inputs, classes) = Images(point)?.Shape is { } images
            ? (images.Values, images.Classes)
            : ((int)point.Integer("inputs"), (int)point.Integer("classes"));
        return [inputs, .. Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("depth") - 1), classes];
    }

    /// <summary>The images that are classified, or null for what is drawn.</summary>
    public static ImageDataset? Images(Point point) => Datasets.FindImages(point.Choice("dataset"));

    /// <summary>Images from files are as many as there are.</summary>
    private static Constraint Enough => new(
        ["train_examples", "validation_examples", "dataset"],
        $"train_examples and validation_examples together must be at most the images of the dataset ({string.Join(", ", Datasets.Images.Select(dataset => $"{dataset.Name}: {dataset.Shape.Images}"))})",
        static point => Images(point) is not { } dataset || point.Integer("train_examples") + point.Integer("validation_examples") <= dataset.Shape.Images);

    /// <summary>What is said of drawn examples is a mistake where images are learnt.</summary>
    private static IEnumerable<Constraint> SettingsOfSynthetic =>
        from name in (string[])["inputs", "classes", "clusters", "separation", "data_seed"]
        select new Constraint(
            [name, "dataset"], $"{name} is a setting of {Synthetic} only",
            point => Images(point) is null || point[name].Equals(Declared.Hyperparameters[Declared.IndexOf(name)].Default));

    private static NetworkDeclaration Networks(Point point) => new(Mlp.LayoutOf(Widths(point), hasBias: true), Splits: 2)
    {
        Branching = BranchingSettings.Of(point),
    };

    /// <summary>
    /// Parameters with gradients and moments; activations, slopes and errors of a batch, or of the part of a split that is
    /// evaluated at once; class scores of all examples in float64; the SVD's workspace; labels and drawn examples of its own
    /// (images are there once for all lanes).
    /// </summary>
    private static long Bytes(Point point)
    {
        var widths = Widths(point);
        long examples = point.Integer("train_examples") + point.Integer("validation_examples");
        var batch = BatchSettings.ExamplesOfStep(point);
        var number = point.Choice("dtype") == "float64" ? sizeof(double) : sizeof(float);
        var parameters = Enumerable.Range(0, widths.Length - 1).Sum(layer => (widths[layer] + 1L) * widths[layer + 1]);
        var atOnce = Math.Max(batch, Math.Min(Outputs.ExamplesAtOnce, examples));
        var ofItsOwn = examples * (sizeof(long) + (Images(point) is null ? widths[0] * number : 0));
        return parameters * (7 * number + 6 * sizeof(double)) + 3 * atOnce * widths.Sum() * number + 4 * examples * widths[^1] * sizeof(double) + ofItsOwn;
    }
}
