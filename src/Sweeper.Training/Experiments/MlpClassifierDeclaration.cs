using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Experiments;

/// <summary>What `mlp-classifier` is to sweep files. Its defaults are frozen: changing one means a new version.</summary>
internal static class MlpClassifierDeclaration
{
    /// <summary>All but its networks.</summary>
    public static Classifier Classifier { get; } = new(
        new ClassificationData(new Synthclass(), training: 3000, validation: 3000), RepresentationMetrics.OfPairs);

    /// <summary>The declaration.</summary>
    public static ExperimentDeclaration Declared { get; } = Classifier.Declare(
        "mlp-classifier",
        "A multilayer perceptron with ReLU, biases and PyTorch's initial weights learns to classify, by cross-entropy on "
        + "mini-batches: spectra of its weights under label noise, weight decay and depth, and whether branches of one network stay "
        + "connected (Yunis et al. 2024).",
        [
            Hyperparameter.Integer("depth", Binding.Static, 4, "Weight matrices.") with { Minimum = 1, Maximum = 200 },
            Hyperparameter.Integer("width", Binding.Static, 96, "Hidden units, every layer.") with { Minimum = 1, Maximum = 4096 },
        ],
        TrainingSettings.Declared(4500, 100, "sgd", learningRate: 0.02, epoch: TrainingSettings.Epoch),
        static point => Mlp.LayoutOf(Widths(point), hasBias: true), Bytes, EngineKind.Lanes);

    /// <summary>Units of the network, from the inputs to the classes.</summary>
    public static ImmutableArray<int> Widths(Point point) =>
        [
            Classifier.Data.Inputs(point), .. Enumerable.Repeat((int)point.Integer("width"), (int)point.Integer("depth") - 1),
            Classifier.Data.Classes(point),
        ];

    /// <summary>
    /// Parameters with gradients and moments; activations, slopes and errors of a batch, or of the part of a split that is
    /// evaluated at once; class scores of all examples in float64; the SVD's workspace; labels and drawn examples of its own.
    /// </summary>
    private static long Bytes(Point point)
    {
        var widths = Widths(point);
        var examples = TrainingSettings.Examples(point);
        var batch = BatchSettings.ExamplesOfStep(point);
        var number = PrecisionSettings.Bytes(point);
        var atOnce = Math.Max(batch, Math.Min(Outputs.ExamplesAtOnce, examples));
        return LaneMemory.OfParameters(Mlp.LayoutOf(widths, hasBias: true), number) + 3 * atOnce * widths.Sum() * number
            + 4 * examples * widths[^1] * sizeof(double)
            + Classifier.Data.BytesPerLane(point, number);
    }
}
