using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// Pictures under noise (denoising diffusion: Ho et al. 2020), as hyperparameters and from them. Of a picture x of mean 0 and variance 1, a
/// time t and noise e a network sees sqrt(a) x + sqrt(1 - a) e and t, and is asked for e; a is the product of 1 - b over the steps until t.
/// </summary>
internal static class NoisyPictures
{
    /// <summary>The drawn ones.</summary>
    public const string Drawn = "drawn";

    /// <summary>Pixels along a side.</summary>
    public const int Side = RingsAndStrokes.Side;

    private const int Pixels = Side * Side, Times = 1000, SplitSeed = 42;

    /// <summary>Its hyperparameters.</summary>
    public static Hyperparameter[] Declared { get; } =
    [
        Hyperparameter.Choice(
            "dataset", Drawn, [Drawn, .. Files.Select(dataset => dataset.Name)],
            "Pictures of 28 x 28, standardised by the training pictures: drawn are rings and strokes, the others images from files "
            + "(`sweeper data`)."),
        Count(
            "train_examples", 500,
            "Training pictures. Images stand in one random order, always the same: the first ones are for training."),
        Count("validation_examples", 250, "Validation pictures, each with one draw of time and noise. Images: the last ones."),
        Count(
            "draws", 8,
            "Draws of time and noise for every training picture, made before training begins: an epoch goes through train_examples times "
            + "so many noisy pictures, always the same."),
    ];

    /// <summary>Random streams.</summary>
    public static SeededStream[] Streams { get; } =
        [new("data", 0, "drawn pictures", "Drawn pictures."), new("noise", 0, "times and noise", "Times and noise.")];

    /// <summary>Images are as many as there are, and batches are of noisy pictures.</summary>
    public static Constraint[] Constraints { get; } =
    [
        new(
            ["train_examples", "validation_examples", "dataset"],
            "train_examples and validation_examples together must be at most the images of the dataset ("
            + string.Join(", ", Files.Select(dataset => $"{dataset.Name}: {dataset.Shape.Images}")) + ")",
            static point => Images(point) is not { } dataset
                || TrainingSettings.Examples(point) <= dataset.Shape.Images),
        new(
            ["batch", "train_examples", "draws"], "batch must be at most train_examples times draws",
            static point => point.Integer("batch") <= Examples(point)),
    ];

    /// <summary>The images of a point, or null where pictures are drawn.</summary>
    public static ImageDataset? Images(Point point) => Datasets.FindImages(point.Choice("dataset"));

    /// <summary>Noisy training pictures.</summary>
    public static long Examples(Point point) => point.Integer("train_examples") * point.Integer("draws");

    /// <summary>`train` and `validation`: noisy pictures with their times [K, n, 785], and the noise [K, n, 784].</summary>
    public static ImmutableArray<Split> Splits(PackContext pack)
    {
        int training = (int)pack.Statics.Integer("train_examples"), validation = (int)pack.Statics.Integer("validation_examples");
        var keys = pack.Seeds("data").Zip(pack.Seeds("noise")).ToArray();
        var pictures = keys.Select(key => key.First).Distinct()
            .ToDictionary(seed => seed, seed => Pictures(pack.Statics, training, validation, seed));
        return
        [
            Of("train", part: 0, first: 0, training, (int)pack.Statics.Integer("draws")),
            Of("validation", part: 1, first: training, validation, draws: 1),
        ];

        Split Of(string name, int part, int first, int count, int draws)
        {
            var drawn = pack.DrawInType(
                keys,
                key => Noisy(pictures[key.First].AsSpan(first * Pixels, count * Pixels), draws, RandomStreams.Noise(key.Second, part)),
                count * draws, (2 * Pixels) + 1);
            return new Split(name, drawn.narrow(2, 0, Pixels + 1), drawn.narrow(2, Pixels + 1, Pixels));
        }
    }

    /// <summary>
    /// The share of the picture's variance that is left after each of 1000 steps: products of 1 - b, where b rises from 1e-5 to 5e-3 along
    /// a sigmoid between -6 and 6 (Yunis et al. 2024, appendix).
    /// </summary>
    public static double[] Signal()
    {
        var left = 1.0;
        return [.. Enumerable.Range(0, Times).Select(step => left *= 1 - Rate(step))];

        static double Rate(int step) => 1e-5 + (5e-3 - 1e-5) / (1 + Math.Exp(6 - 12.0 * step / (Times - 1)));
    }

    private static ImmutableArray<ImageDataset> Files =>
        [.. Datasets.Images.Where(dataset => dataset.Shape is { Channels: 1, Side: Side })];

    private static Hyperparameter Count(string name, long standard, string doc) =>
        Hyperparameter.Integer(name, Binding.Static, standard, doc) with { Minimum = 1, Maximum = 1 << 16 };

    /// <summary>Rows of noisy picture, time in [0, 1] and noise.</summary>
    private static double[] Noisy(ReadOnlySpan<double> pictures, int draws, CounterRandom stream)
    {
        const int Row = (2 * Pixels) + 1;
        var signal = Signal();
        var rows = new double[pictures.Length / Pixels * draws * Row];
        for (var place = 0; place < rows.Length / Row; place++)
        {
            var row = rows.AsSpan(place * Row, Row);
            var picture = pictures.Slice(place / draws * Pixels, Pixels);
            var noise = row[(Pixels + 1)..];
            var time = stream.NextBelow(Times);
            stream.FillGaussian(noise);
            var (ofPicture, ofNoise) = (Math.Sqrt(signal[time]), Math.Sqrt(1 - signal[time]));
            for (var pixel = 0; pixel < Pixels; pixel++)
            {
                row[pixel] = ofPicture * picture[pixel] + ofNoise * noise[pixel];
            }

            row[Pixels] = time / (double)Times;
        }

        return rows;
    }

    /// <summary>Standardised pictures, training ones first.</summary>
    private static double[] Pictures(Point point, int training, int validation, long seed)
    {
        if (Images(point) is { } dataset)
        {
            using var scope = NewDisposeScope();
            var order = RandomStreams.Split(SplitSeed).NextPermutation(dataset.Shape.Images);
            int[] chosen = [.. order[..training], .. order[^validation..]];
            return StandardisedImages.Of(DataStore.Load(dataset), dataset.Shape, chosen, training, ScalarType.Float64)
                .data<double>().ToArray();
        }

        double[] grey =
        [
            .. RingsAndStrokes.Draw(RandomStreams.Data(seed, 0), training),
            .. RingsAndStrokes.Draw(RandomStreams.Data(seed, 1), validation),
        ];
        var first = grey[..(training * Pixels)];
        var mean = first.Average();
        var deviation = Math.Sqrt(first.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(grey, value => (value - mean) / deviation);
    }
}
