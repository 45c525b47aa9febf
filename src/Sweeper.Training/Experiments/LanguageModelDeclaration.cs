using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Experiments;

/// <summary>What `language-model` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class LanguageModelDeclaration
{
    private const string Markov = "markov-chain";

    /// <summary>Letters, space and the end of a line: as many tokens has the chain, so that both have the same networks.</summary>
    private const int Characters = 28;

    private static readonly TransformerShape Standard = new(
        Tokens: Characters, Width: 128, Hidden: 128, Heads: 4, Blocks: 2) { HasLayerNorm = true };

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
        [LossMetrics.Loss, LossMetrics.Accuracy, .. WeightMetrics.All, HalfSpectrumMetrics.Accuracy];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", -1, "Markov chain", "The Markov chain and its sequences."), .. TrainingSettings.Streams(),
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "language-model", 1,
        "A transformer foretells the next character of a text at every position, by cross-entropy on mini-batches: spectra of its "
        + "weights with and without weight decay (Yunis et al. 2024, whose language model this is scaled down: its hidden layers are as "
        + "wide as the stream). By default every seed draws its own network and order of the examples; the text is the same. A lane has "
        + "diverged when a weight or the training loss is not finite, or the loss exceeds a million times its first value.",
        [
            Hyperparameter.Choice(
                "dataset", Markov, [Markov, MadeDatasets.KingJamesBible.Name],
                $"What is read: a Markov chain over {Characters} tokens that is drawn (after each token one is the likeliest, with 3 "
                + "chances in 4); or a text (`sweeper data`) by its characters, letters, space and the end of a line."),
            Hyperparameter.Integer(
                "context", Binding.Static, 64,
                "Tokens of an example: the text is cut into pieces of one more.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer(
                "train_examples", Binding.Static, 1024,
                "Training examples. The pieces of a text stand in one random order, always the same: the first "
                + "ones are for training.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer(
                "validation_examples", Binding.Static, 256,
                "Validation examples: the pieces after those.") with { Minimum = 1, Maximum = 1 << 20 },
            .. TransformerSettings.Declared(Standard),
            .. TrainingSettings.Declared(
                steps: 600, batch: 16, "adamw", learningRate: 1e-3, beta2: 0.95, weightDecay: 0.1, TrainingSettings.Epoch),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints = [Enough, .. TransformerSettings.Constraints, BatchSettings.Constraint, RateSettings.Constraint],
        DatasetHash = static point => Text(point)?.ContentHash,
        CheckMachine = static point => _ = Text(point) is { } text ? DataStore.Require(text) : [],
        BytesPerLane = Bytes,
        OperationsPerStep = static point =>
            Networks(point).OperationsPerStep(BatchSettings.ExamplesOfStep(point) * point.Integer("context")),
        DefaultMetrics = ["loss", "accuracy", "normalised_effective_rank"],
    };

    /// <summary>The text that is read, or null for what is drawn.</summary>
    public static MadeDataset? Text(Point point) => MadeDatasets.All.FirstOrDefault(dataset => dataset.Name == point.Choice("dataset"));

    /// <summary>The network of a point.</summary>
    public static TransformerShape Shape(Point point) => TransformerSettings.Shape(point, Characters);

    private static Constraint Enough => new(
        ["train_examples", "validation_examples", "context", "dataset"],
        "train_examples and validation_examples together must be at most the pieces of the text",
        static point => Text(point) is not { } text
            || TrainingSettings.Examples(point) * (point.Integer("context") + 1) <= text.File.Bytes);

    private static NetworkDeclaration Networks(Point point) => new(TransformerLayout.Of(Shape(point)), Splits: 2);

    private static long Bytes(Point point)
    {
        long examples = TrainingSettings.Examples(point), context = point.Integer("context");
        var evaluated = Math.Min(Outputs.ExamplesAtOnce, examples);
        var whole = examples * context * (2L * sizeof(long) + 3L * sizeof(double) * Characters);
        return TransformerSettings.Bytes(
            Shape(point), BatchSettings.ExamplesOfStep(point), evaluated, context, PrecisionSettings.Bytes(point)) + whole;
    }
}
