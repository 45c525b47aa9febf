using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Portable;
using Sweeper.Training.Experiments.Settings;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// What classifiers learn, as hyperparameters and from them: drawn examples, or images from files; noise in the training labels.
/// </summary>
/// <param name="drawn">What is drawn.</param>
/// <param name="training">Training examples where a sweep file says nothing else.</param>
/// <param name="validation">The same for validation.</param>
internal sealed class ClassificationData(IDrawnClasses drawn, long training, long validation)
{
    private const long SplitSeed = 42;

    /// <summary>Its hyperparameters, without seeds.</summary>
    public Hyperparameter[] Declared { get; } =
    [
        Hyperparameter.Choice(
            "dataset", drawn.Name, [drawn.Name, .. Datasets.Images.Select(dataset => dataset.Name)],
            $"What is classified: {drawn.Name} is drawn, {drawn.Doc}; the others are images from files (`sweeper data`), each channel "
            + "standardised by the training images."),
        Hyperparameter.Integer(
            "train_examples", Binding.Static, training,
            "Training examples. Images stand in one random order, always the same: the first "
            + "ones are for training.") with { Minimum = 1, Maximum = 1 << 20 },
        Hyperparameter.Integer(
            "validation_examples", Binding.Static, validation,
            "Validation examples; never trained on, and with clean labels. Images: the last ones.") with { Minimum = 1, Maximum = 1 << 20 },
        .. drawn.Settings,
        Hyperparameter.Real(
            "label_noise", Binding.Batched, 0, "Share of the training labels that are replaced.") with { Minimum = 0, Maximum = 1 },
        Hyperparameter.Choice(
            "label_noise_kind", "uniform", ["uniform", "permutation"],
            "By what: a class drawn uniformly, which may be the old one; or one another's labels in random order, which keeps "
            + "the number of each class."),
    ];

    /// <summary>Its random streams.</summary>
    public ImmutableArray<SeededStream> Streams { get; } =
    [
        new("data", -1, $"examples of {drawn.Name}", $"Classes, labels and examples of {drawn.Name}."),
        new("label_noise", -1, "label noise", "Which training labels are replaced, and by what."),
    ];

    /// <summary>Images are as many as there are, and what is said of drawn examples is a mistake where images are learnt.</summary>
    public IEnumerable<Constraint> Constraints =>
    [
        new(
            ["train_examples", "validation_examples", "dataset"],
            "train_examples and validation_examples together must be at most the images of the dataset "
            + $"({string.Join(", ", Datasets.Images.Select(dataset => $"{dataset.Name}: {dataset.Shape.Images}"))})",
            static point => Images(point) is not { } dataset || TrainingSettings.Examples(point) <= dataset.Shape.Images)
        {
            Remedy = "lower train_examples or validation_examples",
        },
        .. PartialSettings.Only(drawn.Settings.Append(Streams[0].Seed).Select(setting => setting.Name), "dataset", drawn.Name),
    ];

    /// <summary>The images that are classified, or null for what is drawn.</summary>
    public static ImageDataset? Images(Point point) => Datasets.FindImages(point.Choice("dataset"));

    /// <summary>Numbers of an input.</summary>
    public int Inputs(Point point) => Images(point)?.Shape.Values ?? drawn.Inputs(point);

    /// <summary>Number of classes.</summary>
    public int Classes(Point point) => Images(point)?.Shape.Classes ?? drawn.Classes(point);

    /// <summary>Memory of the labels of one lane and of its drawn examples, in bytes: images are there once for all lanes.</summary>
    public long BytesPerLane(Point point, long number) =>
        TrainingSettings.Examples(point) * (sizeof(long) + (Images(point) is null ? drawn.Inputs(point) * number : 0));

    /// <summary>`train`, whose labels carry the noise, and `validation`.</summary>
    public ImmutableArray<Split> Splits(PackContext pack)
    {
        var point = pack.Statics;
        int first = (int)point.Integer("train_examples"), last = (int)point.Integer("validation_examples");
        var (inputs, labels) = Images(point) is { } dataset ? FromFiles(pack, dataset, first, last) : FromStream(pack, first + last);
        return
        [
            new Split("train", inputs.narrow(1, 0, first), ClassNumbers(pack, NoisyLabels(pack, [.. labels.Select(all => all[..first])]))),
            new Split("validation", inputs.narrow(1, first, last), ClassNumbers(pack, [.. labels.Select(all => all[first..])])),
        ];
    }

    /// <summary>Inputs [K, n, d] and n labels per lane, training examples first.</summary>
    private (Tensor Inputs, int[][] Labels) FromStream(PackContext pack, int examples)
    {
        var keys = pack.Seeds("data").Zip(pack.Reals(drawn.Difficulty)).ToArray();
        var all = keys.Distinct().ToDictionary(key => key, key => drawn.Draw(pack.Statics, examples, key.Second, key.First));
        var inputs = pack.DrawInType(keys, key => all[key].Inputs, examples, drawn.Inputs(pack.Statics));
        return (inputs, Array.ConvertAll(keys, key => all[key].Labels));
    }

    private static (Tensor Inputs, int[][] Labels) FromFiles(PackContext pack, ImageDataset dataset, int training, int validation)
    {
        var set = DataStore.Load(dataset);
        var order = RandomStreams.Split(SplitSeed).NextPermutation(dataset.Shape.Images);
        int[] chosen = [.. order[..training], .. order[^validation..]];
        var inputs = StandardisedImages.Of(set, dataset.Shape, chosen, training, pack.Type).to(pack.Device);
        var labels = Array.ConvertAll(chosen, image => (int)set.Labels[image]);
        return (inputs.expand([pack.Lanes, .. inputs.shape[1..]]), [.. Enumerable.Repeat(labels, pack.Lanes)]);
    }

    private int[][] NoisyLabels(PackContext pack, int[][] labels)
    {
        var classes = Classes(pack.Statics);
        var isPermutation = pack.Statics.Choice("label_noise_kind") == "permutation";
        var (seeds, shares) = (pack.Seeds("label_noise"), pack.Reals("label_noise"));
        return [.. labels.Select((clean, lane) => isPermutation
            ? LabelNoise.Permutation(clean, shares[lane], seeds[lane])
            : LabelNoise.Uniform(clean, classes, shares[lane], seeds[lane]))];
    }

    /// <summary>[K, n].</summary>
    private static Tensor ClassNumbers(PackContext pack, int[][] labels) =>
        tensor([.. labels.SelectMany(ofLane => ofLane, (_, label) => (long)label)], [labels.Length, labels[0].Length]).to(pack.Device);
}
