using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>UNets learn to find the noise in pictures; see the declaration.</summary>
internal sealed class Denoising : IExperiment
{
    private static readonly ImmutableArray<SeededStream> Streams =
        [.. NoisyPictures.Streams, .. TrainingSettings.Streams("initial weights and biases, and the frequencies")];

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, LossMetrics.RelativeLoss, .. WeightMetrics.All];

    /// <inheritdoc/>
    public ExperimentDeclaration Declaration { get; }

    /// <summary>Declares it: no tensor is made here.</summary>
    public Denoising() => Declaration = new ExperimentDeclaration(
        "denoising", 1,
        "A residual UNet with group norm and PyTorch's initial weights learns to predict the noise in noisy pictures (denoising "
        + "diffusion), by the mean squared error of a pixel on mini-batches: spectra and alignment of its convolutions and matrices "
        + "over training (Yunis et al. 2024). Noise and times are drawn once, so that losses of networks and of their truncations are "
        + "compared on the same ones. Reported is the squared error summed over pixels; `relative_loss` is that of a pixel, since noise "
        + "has variance 1. By default only networks and orders of the examples differ between seeds.",
        [
            .. NoisyPictures.Declared,
            Static("channels", 8, 4, 256, "Channels of the first level; every further level has twice as many."),
            Static("levels", 3, 1, 3, "Levels: convolutions of the way down, each after the first of stride 2."),
            Static("features", 32, 2, 4096, "Random Fourier features of the time, of frequencies 30 times standard normal."),
            .. TrainingSettings.Declared(steps: 1000, batch: 64, "adamw", learningRate: 1e-3, epoch: "train_examples draws / batch"),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, static point => new(Unet.LayoutOf(Channels(point), (int)point.Integer("features")), Splits: 2)))
    {
        Constraints =
        [
            .. NoisyPictures.Constraints, RateSettings.Constraint,
            new(
                ["channels"], "channels must be divisible by 4, the groups of its norms",
                static point => point.Integer("channels") % 4 == 0),
            new(["features"], "features must be even: sines and cosines", static point => point.Integer("features") % 2 == 0),
        ],
        DatasetHash = static point => NoisyPictures.Images(point)?.ContentHash,
        CheckMachine = static point => _ = NoisyPictures.Images(point) is { } dataset ? DataStore.Require(dataset) : [],
        BytesPerLane = Bytes,
        OperationsPerStep = static point =>
            6.0 * BatchSize(point) * Levels(point).Sum(level => 2 * 9 * level.Inputs * level.Channels * level.Pixels),
        DefaultMetrics = ["loss", "relative_loss"],
    };

    /// <inheritdoc/>
    public Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Unet(NoisyPictures.Side, Channels(point), (int)point.Integer("features"));
        return TrainingSettings.Build(
            pack, model, new SquaredError(ErrorScaling.MeanAll), new SquaredError(ErrorScaling.MeanExampleSumOutput),
            NoisyPictures.Splits(pack));
    }

    private static Hyperparameter Static(string name, long standard, double least, double most, string doc) =>
        Hyperparameter.Integer(name, Binding.Static, standard, doc) with { Minimum = least, Maximum = most };

    private static ImmutableArray<int> Channels(Point point) =>
        [.. Enumerable.Range(0, (int)point.Integer("levels")).Select(level => (int)point.Integer("channels") << level)];

    private static long BatchSize(Point point) => point.Integer("batch") is > 0 and var size ? size : NoisyPictures.Examples(point);

    /// <summary>Channels that go into every level, that come out, and pixels of its pictures.</summary>
    private static IEnumerable<(double Inputs, double Channels, double Pixels)> Levels(Point point)
    {
        var channels = Channels(point);
        return channels.Select((count, level) =>
            (level == 0 ? 1.0 : channels[level - 1], (double)count, (double)(NoisyPictures.Side >> level) * (NoisyPictures.Side >> level)));
    }

    /// <summary>
    /// Parameters with gradients and moments, and the SVD's workspace; of a batch, or of what is evaluated at once, 18 numbers for each
    /// that a level puts out: what the way back needs (of every level, down and up, sums, what is normalised, its sigmoid and its product),
    /// gradients, and the copies in other orders that convolutions make (measured); of all examples noisy pictures of its own, and outputs:
    /// of the networks and of both halves of their spectra, and three more while a loss is taken of them.
    /// </summary>
    private static long Bytes(Point point)
    {
        var number = PrecisionSettings.Bytes(point);
        var layout = Unet.LayoutOf(Channels(point), (int)point.Integer("features"));
        var examples = NoisyPictures.Examples(point) + point.Integer("validation_examples");
        var activations = (long)Levels(point).Sum(level => level.Channels * level.Pixels);
        const long Pixels = NoisyPictures.Side * NoisyPictures.Side;
        return LaneMemory.OfParameters(layout, number) + Math.Max(BatchSize(point), Unet.ExamplesAtOnce) * 18 * activations * number
            + examples * Pixels * (2 * (number + sizeof(double)) + 6 * number);
    }
}
