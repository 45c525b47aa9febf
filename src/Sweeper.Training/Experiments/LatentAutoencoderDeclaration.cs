using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments;

/// <summary>What `latent-autoencoder` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class LatentAutoencoderDeclaration
{
    private const int Pixels = RingsAndStrokes.Side * RingsAndStrokes.Side;

    /// <summary>What it can measure.</summary>
    public static ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, LossMetrics.RelativeLoss, ModeMetrics.Strength, ModeMetrics.NormalisedStrength, ModeMetrics.TeacherStrength,
        ModeMetrics.AlignmentLeft, ModeMetrics.AlignmentRight, ModeLossMetrics.Contribution, PictureMetrics.LatentCode, PictureMetrics.ModePicture,
    ];

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", 100, "pictures", "Training and validation pictures."),
        new("teacher", 100, "autoencoder", "The autoencoder's initial weights and the order of its batches."),
        SeededStream.Initial("student's initial weights", "The student's initial weights, before their scale."),
    ];

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = new(
        "latent-autoencoder", 1,
        "An encoder learns the codes that the encoder of a trained autoencoder gives to pictures of two classes: the modes of a "
        + "convolutional network (nonlinear mode decomposition, figure 5). Both are two convolutions 3 x 3 of stride 2 and one matrix, "
        + "leaky ReLU, no biases; the decoder is the mirror image. The autoencoder is trained by Adam on the squared error of pixels "
        + "before the students begin, once for each seed of teacher and data, and its codes are turned to their principal axes. "
        + "By default only the student differs between seeds.",
        [
            Hyperparameter.Choice("dataset", LatentPictures.Drawn, [.. LatentPictures.Names], "Pictures of 28 x 28: `drawn` are rings (class 0) and strokes (class 1), the others the zeros and ones of MNIST's files (`sweeper data`) in their order."),
            Hyperparameter.Integer("train_examples", Binding.Static, 512, "Training pictures; every other one is of class 1.") with { Minimum = 2, Maximum = 1 << 16 },
            Hyperparameter.Integer("validation_examples", Binding.Static, 256, "Validation pictures; every other one is of class 1.") with { Minimum = 2, Maximum = 1 << 16 },
            Hyperparameter.Integer("channels", Binding.Static, 8, "Channels of the first convolution; the second has twice as many.") with { Minimum = 1, Maximum = 256 },
            Hyperparameter.Integer("latents", Binding.Static, 5, "Numbers of a code.") with { Minimum = 2, Maximum = 64 },
            Hyperparameter.Real("leak", Binding.Static, 0.1, "Slope of the activation for negative arguments.") with { Minimum = 0, Maximum = 1 },
            Hyperparameter.Integer("teacher_steps", Binding.Static, 3000, "Steps of the autoencoder.") with { Minimum = 0 },
            Hyperparameter.Integer("teacher_batch", Binding.Static, 64, "Pictures of a batch of the autoencoder.") with { Minimum = 1, Maximum = 1 << 16 },
            Hyperparameter.Real("teacher_learning_rate", Binding.Static, 1e-3, "Learning rate of the autoencoder.") with { Minimum = 0 },
            Hyperparameter.Integer("steps", Binding.Static, 2000, "Optimizer steps of the student; each sees all training pictures.") with { Minimum = 0 },
            OptimizerSettings.Family("adam"),
            .. OptimizerSettings.Numbers(learningRate: 1e-3),
            Hyperparameter.Real("init_scale", Binding.Batched, 0.3, "Multiplies the student's initial matrices, which are Haar orthogonal.") with { Minimum = 0 },
            .. Streams.Seeds(), PrecisionSettings.Declared("student's training"),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, Networks))
    {
        Constraints = [LatentPictures.Constraint],
        DatasetHash = static point => LatentPictures.Files(point)?.ContentHash,
        CheckMachine = static point => _ = LatentPictures.Files(point) is { } dataset ? DataStore.Require(dataset) : [],
        BytesPerLane = Bytes,
        OperationsPerStep = Operations,
        DefaultMetrics = ["loss", "relative_loss"],
    };

    /// <summary>Channels after each convolution.</summary>
    public static ImmutableArray<int> Channels(Point point) => [(int)point.Integer("channels"), 2 * (int)point.Integer("channels")];

    private static NetworkDeclaration Networks(Point point) => new(
        ConvolutionalEncoder.LayoutOf(RingsAndStrokes.Side, Channels(point), (int)point.Integer("latents")), Splits: 2)
    {
        Inputs = Pixels,
        Outputs = (int)point.Integer("latents"),
        Examples = (int)TrainingSettings.Examples(point),
        ValidationExamples = (int)point.Integer("validation_examples"),
    };

    /// <summary>
    /// Activations of training, their gradients and the copies that grouped convolutions make; then in float64 the Jacobians of
    /// student and teacher on all examples with left and right vectors, and what their SVD works in.
    /// </summary>
    private static long Bytes(Point point)
    {
        long training = point.Integer("train_examples"), measured = TrainingSettings.Examples(point);
        long channels = point.Integer("channels"), number = PrecisionSettings.Bytes(point);
        var activations = Pixels + channels * Pixels / 4 + 2 * channels * Pixels / 16;
        return (6 * training * activations * number) + (measured * point.Integer("latents") * Pixels * (number + 7 * sizeof(double)));
    }

    /// <summary>Three products for each matrix and convolution (3 x 3, stride 2), on all training pictures.</summary>
    private static double Operations(Point point)
    {
        double first = Channels(point)[0], second = Channels(point)[1];
        var multiplications = (9 * first * Pixels / 4) + (9 * first * second * Pixels / 16) + (
            second * Pixels / 16 * point.Integer("latents"));
        return 6 * point.Integer("train_examples") * multiplications;
    }
}
