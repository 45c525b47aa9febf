using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments;

/// <summary>What `conv-classifier` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class ConvClassifierDeclaration
{
    /// <summary>Channels of convolutions, block by block, by name.</summary>
    private static readonly (string Name, ImmutableArray<ImmutableArray<int>> Blocks)[] Architectures =
    [
        ("mini", [[16, 16], [32, 32], [64, 64]]),
        ("vgg11", [[64], [128], [256, 256], [512, 512], [512, 512]]),
        ("vgg13", [[64, 64], [128, 128], [256, 256], [512, 512], [512, 512]]),
        ("vgg16", [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]]),
    ];

    /// <summary>All but its networks.</summary>
    public static Classifier Classifier { get; } = new(new ClassificationData(new Templates(), training: 1000, validation: 500));

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = Classifier.Declare(
        "conv-classifier",
        "A convolutional network with batch norm (VGG, with one matrix as its head) and PyTorch's initial weights learns to classify "
        + "pictures, by cross-entropy on mini-batches, without augmentation: spectra of its weights, and whether branches of one "
        + "network stay connected (Yunis et al. 2024). Kernels are measured as matrices of their outputs by all that one output sees; "
        + "between convolutions, alignment is measured at the centre of the kernel. Running statistics of batch norm are computed again "
        + "from the training data wherever a network was truncated, interpolated, perturbed or masked.",
        [
            Hyperparameter.Choice(
                "architecture", "mini", [.. Architectures.Select(one => one.Name)],
                "Channels of the convolutions, M where the largest of 2 x 2 pixels is "
                + $"taken: {string.Join("; ", Architectures.Select(one => $"{one.Name} {Written(one.Blocks)}"))}. Then the mean over all "
                + "pixels, and the matrix of the head."),
        ],
        TrainingSettings.Declared(500, 50, "sgd", learningRate: 0.1, epoch: TrainingSettings.Epoch),
        static point => ConvolutionalClassifier.LayoutOf(Pictures(point).Channels, Blocks(point), Classifier.Data.Classes(point)), Bytes,
        EngineKind.Torch, Operations);

    /// <summary>The networks of a point.</summary>
    public static ConvolutionalClassifier Model(Point point)
    {
        var (channels, side) = Pictures(point);
        return new ConvolutionalClassifier(channels, side, Blocks(point), Classifier.Data.Classes(point));
    }

    private static (int Channels, int Side) Pictures(Point point) => ClassificationData.Images(point)?.Shape is { } images
        ? (images.Channels, images.Side)
        : (ShiftedTemplates.Colours, ShiftedTemplates.Side);

    private static ImmutableArray<ImmutableArray<int>> Blocks(Point point) =>
        Architectures.First(one => one.Name == point.Choice("architecture")).Blocks;

    private static string Written(ImmutableArray<ImmutableArray<int>> blocks) =>
        string.Join(" M ", blocks.Select(block => string.Join(' ', block)));

    /// <summary>Of each convolution: its inputs, its outputs, and pixels of the pictures it makes.</summary>
    private static IEnumerable<(long Inputs, long Outputs, long Pixels)> Convolutions(Point point)
    {
        var (before, side) = Pictures(point);
        foreach (var (place, block) in Blocks(point).Index())
        {
            side = place == 0 ? side : side / 2;
            foreach (var channels in block)
            {
                yield return (before, channels, (long)side * side);
                before = channels;
            }
        }
    }

    /// <summary>
    /// Parameters with gradients and moments, and the SVD's workspace; of a batch all that the way back needs (sums, what is normalised,
    /// the largest of four and which they were); of the largest layer, of a batch or of what is evaluated at once, gradients and the copies
    /// in other orders that convolutions make; both twice, since memory that is free again has other sizes than what is asked for next
    /// (measured); class scores of all examples in float64; labels and drawn examples of its own.
    /// </summary>
    private static long Bytes(Point point)
    {
        var number = PrecisionSettings.Bytes(point);
        var layout = ConvolutionalClassifier.LayoutOf(Pictures(point).Channels, Blocks(point), Classifier.Data.Classes(point));
        long[] activations = [.. Convolutions(point).Select(one => one.Outputs * one.Pixels)];
        long batch = BatchSettings.ExamplesOfStep(point), largest = activations.Max();
        var atOnce = Math.Max(batch, Math.Min(ConvolutionalClassifier.ExamplesAtOnce, TrainingSettings.Examples(point)));
        return LaneMemory.OfParameters(layout, number)
            + 2 * (batch * (2 * activations.Sum() + largest) + atOnce * (8 * largest + Classifier.Data.Inputs(point))) * number
            + 4 * TrainingSettings.Examples(point) * Classifier.Data.Classes(point) * sizeof(double)
            + Classifier.Data.BytesPerLane(point, number);
    }

    /// <summary>Three products for each convolution.</summary>
    private static double Operations(Point point, long examples) =>
        6.0 * examples * Convolutions(point).Sum(one => 9 * one.Inputs * one.Outputs * one.Pixels);
}
