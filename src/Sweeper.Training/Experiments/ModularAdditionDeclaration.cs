using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Experiments;

/// <summary>What `modular-addition` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class ModularAdditionDeclaration
{
    /// <summary>Tokens of an example: i, j, "=".</summary>
    private const int Length = 3;

    private static readonly TransformerShape Standard = new(Tokens: 0, Width: 48, Hidden: 128, Heads: 2, Blocks: 1);

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
        [LossMetrics.Loss, LossMetrics.Accuracy, .. WeightMetrics.All, HalfSpectrumMetrics.Accuracy];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("split", -1, "split of the table", "Which pairs of the table are for training."), .. TrainingSettings.Streams(),
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "modular-addition", 1,
        "A transformer reads i, j and \"=\" and answers (i + j) mod p, by cross-entropy at the last position over all p + 1 tokens: "
        + "grokking, slingshots, and the spectra of its weights meanwhile (Power et al. 2022; Nanda et al. 2023; Yunis et al. 2024, "
        + "whose network and initial values these are). The defaults are a small version that groks within some 3000 steps. By default "
        + "every seed draws its own split of the table and its own network. A lane has diverged when a weight or the training loss is "
        + "not finite, or the loss exceeds a million times its first value.",
        [
            Hyperparameter.Integer(
                "modulus", Binding.Static, 43,
                "p: the table has p * p pairs, and there are p + 1 tokens.") with { Minimum = 2, Maximum = 1024 },
            Hyperparameter.Real(
                "train_fraction", Binding.Static, 0.6,
                "Share of the pairs that are for training; the others are the validation split.") with { Minimum = 0, Maximum = 1 },
            .. TransformerSettings.Declared(Standard),
            .. TrainingSettings.Declared(steps: 3500, batch: 0, "adamw", learningRate: 3e-3, beta2: 0.98, weightDecay: 1, loss: LogSoftmax),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints = [BothParts, Batch, .. TransformerSettings.Constraints, RateSettings.Constraint],
        BytesPerLane = Bytes,
        OperationsPerStep = static point => Networks(point).OperationsPerStep(ExamplesOfStep(point)),
        DefaultMetrics = ["loss", "accuracy", "normalised_effective_rank"],
    };

    /// <summary>The network of a point.</summary>
    public static TransformerShape Shape(Point point) =>
        TransformerSettings.Shape(point, tokens: (int)point.Integer("modulus") + 1) with { AnswersLast = true };

    /// <summary>Pairs that are for training.</summary>
    public static long TrainExamples(Point point) => (long)(point.Real("train_fraction") * Pairs(point));

    private static Hyperparameter LogSoftmax => Hyperparameter.Choice(
        "log_softmax", "float64", ["float64", "dtype"],
        "Floating-point type in which the loss that is trained is computed from the scores. In float32 it becomes exactly 0 for networks "
        + "that are sure, and Adam then shows spikes.");

    private static Constraint BothParts => new(
        ["train_fraction", "modulus"], "train_fraction must leave pairs for training and for validation",
        static point => TrainExamples(point) is var training && training > 0 && training < Pairs(point));

    private static Constraint Batch => new(
        ["batch", "train_fraction", "modulus"], "batch must be at most train_fraction times the square of the modulus",
        static point => point.Integer("batch") <= TrainExamples(point));

    private static long Pairs(Point point) => point.Integer("modulus") * point.Integer("modulus");

    private static long ExamplesOfStep(Point point) => point.Integer("batch") is > 0 and var size ? size : TrainExamples(point);

    private static NetworkDeclaration Networks(Point point) => new(TransformerLayout.Of(Shape(point)), Splits: 2);

    private static long Bytes(Point point)
    {
        var evaluated = Math.Min(Outputs.ExamplesAtOnce, Pairs(point));
        var whole = Pairs(point) * ((Length + 1) * sizeof(long) + 2 * sizeof(double) * Shape(point).Tokens);
        return TransformerSettings.Bytes(Shape(point), ExamplesOfStep(point), evaluated, Length, PrecisionSettings.Bytes(point)) + whole;
    }
}
