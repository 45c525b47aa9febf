using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Experiments;

/// <summary>What `sequence-labelling` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class SequenceLabellingDeclaration
{
    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, SequenceMetrics.CharacterErrorRate, .. WeightMetrics.All];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", -1, "drawn sequences", "Sounds, symbols and noise of drawn sequences."), .. TrainingSettings.Streams(),
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "sequence-labelling", 1,
        "A bidirectional LSTM with PyTorch's initial weights learns which labels a sequence of frames spells, without being told "
        + "which frame says which, by connectionist temporal classification: letters of spoken digits, or drawn sequences that are like "
        + "speech (the LSTM of Yunis et al. 2024, scaled down). Its loss is minus the logarithm of the labels' probability, over their "
        + "number, in nats. By default every seed redraws everything.",
        [
            Hyperparameter.Choice(
                "dataset", LabelledSequences.Drawn, [LabelledSequences.Drawn, MadeDatasets.SpokenDigits.Name],
                "What is labelled: drawn are strings of symbols, each an ordered pair of drawn sounds that pass into one another in two to "
                + "four frames; spoken-digits are strings of two to four digits, said by a synthesiser, and their "
                + "letters (`sweeper data`)."),
            Hyperparameter.Integer(
                "train_examples", Binding.Static, 400,
                "Training sequences. Spoken ones stand in one random order, always the same: the first "
                + "ones are for training.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer(
                "validation_examples", Binding.Static, 200,
                "Validation sequences; never trained on. Spoken ones: the last ones.") with { Minimum = 1, Maximum = 1 << 20 },
            Hyperparameter.Integer("features", Binding.Static, 20, "Numbers of a drawn frame.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer(
                "symbols", Binding.Static, 8, "Different symbols of drawn sequences.") with { Minimum = 2, Maximum = 1024 },
            Hyperparameter.Integer(
                "max_symbols", Binding.Static, 5,
                "Symbols of the longest drawn sequences; the shortest have two.") with { Minimum = DrawnUtterances.Fewest, Maximum = 1024 },
            Hyperparameter.Real(
                "noise", Binding.Batched, 0.5,
                "Standard deviation of Gaussian noise on drawn frames, where sounds have variance 1.") with { Minimum = 0 },
            Hyperparameter.Integer(
                "layers", Binding.Static, 3, "Layers of the LSTM, each of both directions.") with { Minimum = 1, Maximum = 32 },
            Hyperparameter.Integer("hidden", Binding.Static, 24, "Units of a layer and direction.") with { Minimum = 1, Maximum = 4096 },
            .. TrainingSettings.Declared(steps: 1000, batch: 16, "adamw", learningRate: 0.003),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints = [Enough, .. SettingsOfDrawn, BatchSettings.Constraint, RateSettings.Constraint],
        DatasetHash = static point => LabelledSequences.Spoken(point)?.ContentHash,
        CheckMachine = static point => _ = LabelledSequences.Spoken(point) is { } dataset ? DataStore.Require(dataset) : [],
        BytesPerLane = Bytes,
        OperationsPerStep = static point =>
            Networks(point).OperationsPerStep(BatchSettings.ExamplesOfStep(point) * LabelledSequences.Shape(point).Frames),
        DefaultMetrics = ["loss", "character_error_rate"],
    };

    /// <summary>Utterances are as many as there are.</summary>
    private static Constraint Enough => new(
        ["train_examples", "validation_examples", "dataset"],
        $"train_examples and validation_examples of {MadeDatasets.SpokenDigits.Name} together must be at most {SpokenDigits.Utterances}",
        static point => LabelledSequences.Spoken(point) is null
            || TrainingSettings.Examples(point) <= SpokenDigits.Utterances);

    /// <summary>What is said of drawn sequences is a mistake where others are learnt.</summary>
    private static IEnumerable<Constraint> SettingsOfDrawn => PartialSettings.Only(
        ["features", "symbols", "max_symbols", "noise", "data_seed"], "dataset", LabelledSequences.Drawn);

    private static NetworkDeclaration Networks(Point point)
    {
        var (features, labels, _) = LabelledSequences.Shape(point);
        return new(BidirectionalLstm.LayoutOf(features, (int)point.Integer("layers"), (int)point.Integer("hidden"), labels + 1), Splits: 2);
    }

    /// <summary>
    /// Parameters with gradients and moments; what every unit keeps of every frame of a batch for its gradient, or what one layer makes of
    /// the part of a split that is evaluated at once; scores in float64; frames, of its own where they are drawn.
    /// </summary>
    private static long Bytes(Point point)
    {
        var (features, labels, frames) = LabelledSequences.Shape(point);
        long examples = TrainingSettings.Examples(point), batch = BatchSettings.ExamplesOfStep(point);
        long units = 2 * point.Integer("hidden"), number = PrecisionSettings.Bytes(point);
        var atOnce = Math.Min(Outputs.ExamplesAtOnce, examples);
        var alive = Math.Max(batch * point.Integer("layers") * 20 * units, atOnce * ((10 * units) + (2 * features)));
        var ofItsOwn = LabelledSequences.Spoken(point) is null ? examples * frames * features * (number + sizeof(double)) : 0;
        return LaneMemory.OfParameters(Networks(point).Layout, number) + (frames * alive * number)
            + (4 * frames * atOnce * labels * sizeof(double)) + ofItsOwn;
    }
}
