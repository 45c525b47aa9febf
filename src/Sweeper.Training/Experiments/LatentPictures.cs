using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>The pictures of `latent-autoencoder`, two classes that take turns.</summary>
internal static class LatentPictures
{
    /// <summary>The drawn ones.</summary>
    public const string Drawn = "drawn";

    /// <summary>Files with handwritten digits, and how many zeros are in them: there are more ones.</summary>
    private static readonly Dictionary<string, int> Zeros = new Dictionary<string, int> { ["mnist"] = 5923, ["mnist-test"] = 980 };

    /// <summary>All that can be asked for.</summary>
    public static string[] Names => [Drawn, .. Zeros.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The files of a point, or null where pictures are drawn.</summary>
    public static ImageDataset? Files(Point point) => Datasets.FindImages(point.Choice("dataset"));

    /// <summary>Pictures from files are as many as there are.</summary>
    public static Constraint Constraint { get; } = new(
        ["train_examples", "validation_examples", "dataset"],
        "train_examples and validation_examples together must be at most twice the zeros of the dataset "
        + $"({string.Join(", ", Zeros.OrderBy(set => set.Key, StringComparer.Ordinal).Select(set => $"{set.Key}: {set.Value}"))})",
        static point => !Zeros.TryGetValue(point.Choice("dataset"), out var zeros) || TrainingSettings.Examples(point) <= 2 * zeros);

    /// <summary>Grey values in [0, 1], float64, training and validation pictures, [K, n, side * side].</summary>
    public static (Tensor Training, Tensor Validation) Of(PackContext pack)
    {
        long training = pack.Statics.Integer("train_examples"), validation = pack.Statics.Integer("validation_examples");
        return Files(pack.Statics) is { } dataset
            ? (FromFile(0, training), FromFile(training, validation))
            : (FromStream(0, training), FromStream(1, validation));

        Tensor FromStream(int part, long examples) => pack.Draw(
            pack.Seeds("data"), seed => RingsAndStrokes.Draw(RandomStreams.Data(seed, part), (int)examples), examples,
            RingsAndStrokes.Side * RingsAndStrokes.Side);

        Tensor FromFile(long first, long examples)
        {
            var set = DataStore.Load(dataset);
            var digits = Enumerable.Range(0, 2)
                .Select(digit => Enumerable.Range(0, set.Labels.Length).Where(image => set.Labels[image] == digit).ToArray()).ToArray();
            var size = dataset.Shape.Values;
            double[] pixels = [.. Enumerable.Range((int)first, (int)examples).Select(place => digits[place % 2][place / 2])
                .SelectMany(image => set.Pixels.Skip(image * size).Take(size), (_, pixel) => pixel / 255.0)];
            return tensor(pixels, [1, examples, size]).to(pack.Device).expand(pack.Lanes, -1, -1);
        }
    }
}
