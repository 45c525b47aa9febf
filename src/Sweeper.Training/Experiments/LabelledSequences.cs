using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Training and validation data of `sequence-labelling`.</summary>
internal static class LabelledSequences
{
    /// <summary>The word for sequences that need no file.</summary>
    public const string Drawn = "drawn";

    private const long SplitSeed = 42;

    /// <summary>What is learnt from a file, or null.</summary>
    public static MadeDataset? Spoken(Point point) =>
        point.Choice("dataset") == MadeDatasets.SpokenDigits.Name ? MadeDatasets.SpokenDigits : null;

    /// <summary>Numbers of a frame, labels there are, and frames of the longest sequence.</summary>
    public static (int Features, int Labels, int Frames) Shape(Point point) => Spoken(point) is not null
        ? (Utterance.Bands, Utterance.Letters, SpokenDigits.LongestUtterance)
        : ((int)point.Integer("features"), (int)point.Integer("symbols"), (int)point.Integer("max_symbols") * DrawnUtterances.Longest);

    /// <summary>`train` and `validation`: frames [K, n, t, f] and labels [K, n, u] (<see cref="Sequences"/>).</summary>
    public static ImmutableArray<Split> Splits(PackContext pack)
    {
        var point = pack.Statics;
        long training = point.Integer("train_examples"), validation = point.Integer("validation_examples");
        var (frames, labels) = Spoken(point) is { } dataset
            ? OfFile(pack, dataset, (int)training, (int)validation)
            : OfStream(pack, (int)(training + validation));
        frames = pack.InType(frames);
        return
        [
            new Split("train", frames.narrow(1, 0, training), labels.narrow(1, 0, training)),
            new Split("validation", frames.narrow(1, training, validation), labels.narrow(1, training, validation)),
        ];
    }

    private static (Tensor Frames, Tensor Labels) OfStream(PackContext pack, int sequences)
    {
        var point = pack.Statics;
        var ((features, symbols, longest), most) = (Shape(point), (int)point.Integer("max_symbols"));
        var seeds = pack.Seeds("data");
        var drawn = seeds.Distinct().ToDictionary(seed => seed, seed => DrawnUtterances.Draw(sequences, features, symbols, most, seed));
        var frames = pack.Draw(seeds, seed => Filled(drawn[seed].Frames, longest * features), sequences, longest, features);
        var noise = pack.Draw(
            seeds, seed => RandomStreams.Noise(seed, 0).NextGaussian(sequences * longest * features), sequences, longest, features);
        var scaled = noise * pack.ExactColumn("noise").view(-1, 1, 1, 1);
        return (frames + scaled, Labels(pack, [.. seeds.Select(seed => drawn[seed].Symbols)], most));
    }

    private static (Tensor Frames, Tensor Labels) OfFile(PackContext pack, MadeDataset dataset, int training, int validation)
    {
        var utterances = UtteranceFile.Read(DataStore.Content(dataset));
        var order = RandomStreams.Split(SplitSeed).NextPermutation(utterances.Length);
        Utterance[] chosen = [.. order[..training].Concat(order[^validation..]).Select(place => utterances[place])];
        var (features, _, longest) = Shape(pack.Statics);
        var frames = pack.Draw(
            new long[pack.Lanes],
            _ => Filled(Array.ConvertAll(chosen, one => Array.ConvertAll(one.Frames, number => (double)number)), longest * features),
            chosen.Length, longest, features);
        int[][] labels = [.. chosen.Select(utterance => utterance.Classes.ToArray())];
        return (frames, Labels(pack, [.. Enumerable.Repeat(labels, pack.Lanes)], labels.Max(ofOne => ofOne.Length)));
    }

    /// <summary>Sequences of so many numbers, one after the other.</summary>
    private static double[] Filled(double[][] sequences, int numbers) =>
        [.. sequences.SelectMany(sequence => sequence.Concat(Enumerable.Repeat(Sequences.Padding, numbers - sequence.Length)))];

    private static Tensor Labels(PackContext pack, int[][][] labels, int most)
    {
        var filled = labels.SelectMany(
            ofLane =>
                ofLane.SelectMany(one => one.Select(label => (long)label).Concat(Enumerable.Repeat(Sequences.NoLabel, most - one.Length))));
        return tensor([.. filled], [labels.Length, labels[0].Length, most]).to(pack.Device);
    }
}
