using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Portable;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Training and validation data of `mlp-classifier`.</summary>
internal static class ClassificationData
{
    private const long SplitSeed = 42;

    /// <summary>`train`, whose labels carry the noise, and `validation`.</summary>
    public static ImmutableArray<Split> Splits(PackContext pack)
    {
        var point = pack.Statics;
        int training = (int)point.Integer("train_examples"), validation = (int)point.Integer("validation_examples");
        var (inputs, labels) = MlpClassifierDeclaration.Images(point) is { } dataset ? Images(pack, dataset, training, validation) : Synthetic(pack, training + validation);
        return
        [
            new Split("train", inputs.narrow(1, 0, training), Classes(pack, NoisyLabels(pack, [.. labels.Select(all => all[..training])]))),
            new Split("validation", inputs.narrow(1, training, validation), Classes(pack, [.. labels.Select(all => all[training..])])),
        ];
    }

    /// <summary>Inputs [K, n, d] and n labels per lane, training examples first.</summary>
    private static (Tensor Inputs, int[][] Labels) Synthetic(PackContext pack, int examples)
    {
        var point = pack.Statics;
        int inputs = (int)point.Integer("inputs"), classes = (int)point.Integer("classes"), clusters = (int)point.Integer("clusters");
        var keys = pack.Seeds("data").Zip(pack.Reals("separation")).ToArray();
        var drawn = keys.Distinct().ToDictionary(key => key, key => SyntheticClasses.Draw(examples, inputs, classes, clusters, key.Second, key.First));
        return (pack.InType(pack.Draw(keys, key => drawn[key].Inputs, examples, inputs)), Array.ConvertAll(keys, key => drawn[key].Labels));
    }

    private static (Tensor Inputs, int[][] Labels) Images(PackContext pack, ImageDataset dataset, int training, int validation)
    {
        var set = DataStore.Load(dataset);
        var order = RandomStreams.Split(SplitSeed).NextPermutation(dataset.Shape.Images);
        int[] chosen = [.. order[..training], .. order[^validation..]];
        var inputs = StandardisedImages.Of(set, dataset.Shape, chosen, training, pack.Type).to(pack.Device);
        var labels = Array.ConvertAll(chosen, image => (int)set.Labels[image]);
        return (inputs.expand([pack.Lanes, .. inputs.shape[1..]]), [.. Enumerable.Repeat(labels, pack.Lanes)]);
    }

    private static int[][] NoisyLabels(PackContext pack, int[][] labels)
    {
        var classes = MlpClassifierDeclaration.Widths(pack.Statics)[^1];
        var isPermutation = pack.Statics.Choice("label_noise_kind") == "permutation";
        var (seeds, shares) = (pack.Seeds("label_noise"), pack.Reals("label_noise"));
        return [.. labels.Select((clean, lane) => isPermutation
            ? LabelNoise.Permutation(clean, shares[lane], seeds[lane])
            : LabelNoise.Uniform(clean, classes, shares[lane], seeds[lane]))];
    }

    /// <summary>Class numbers [K, n].</summary>
    private static Tensor Classes(PackContext pack, int[][] labels) =>
        tensor([.. labels.SelectMany(ofLane => ofLane, (_, label) => (long)label)], [labels.Length, labels[0].Length]).to(pack.Device);
}
