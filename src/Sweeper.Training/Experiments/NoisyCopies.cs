using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>What the networks of `ensemble-alignment` learn: one data set for each trial, of which every network has a noisy copy.</summary>
internal static class NoisyCopies
{
    /// <summary>`train` with the noise of every network, and `validation` without any.</summary>
    public static ImmutableArray<Split> Splits(PackContext pack)
    {
        var point = pack.Statics;
        var isClassification = EnsembleAlignmentDeclaration.IsClassification(point);
        var (clean, validation) = EnsembleAlignmentDeclaration.Images(point) is { } dataset ? OfImages(pack, dataset) : Gaussian(pack, isClassification);
        var own = clean with { Inputs = Own(pack, clean.Inputs), Targets = Own(pack, clean.Targets) };
        var train = point.Choice("perturb") == "inputs" ? own with { Inputs = WithNoise(pack, own.Inputs) }
            : isClassification ? own with { Targets = Replaced(pack, own.Targets, EnsembleAlignmentDeclaration.Widths(point)[^1]) }
            : own with { Targets = WithNoise(pack, own.Targets) };
        return [InType(train), InType(validation)];

        Split InType(Split split) => split with
        {
            Inputs = pack.InType(split.Inputs), Targets = isClassification ? split.Targets : split.Targets.to(pack.Type),
        };
    }

    /// <summary>Drawn inputs and what a linear teacher says of them; the training examples of all copies, one after the other.</summary>
    private static (Split Train, Split Validation) Gaussian(PackContext pack, bool isClassification)
    {
        var point = pack.Statics;
        int width = (int)point.Integer("inputs"), outputs = (int)point.Integer("outputs");
        int training = EnsembleAlignmentDeclaration.Copies(point) * (int)point.Integer("train_examples"), half = (int)point.Integer("validation_examples") / 2;
        var directions = pack.Gaussian("teacher", RandomStreams.Teacher, 0, width, outputs);
        var teacher = directions / SquareRoot.Of(directions.square().sum(1, keepdim: true));
        var white = pack.Draw(pack.Seeds("data"), seed => Inputs.Draw(InputLaw.Whitened, RandomStreams.Data(seed, 1), half, width), half, width);
        return (
            Labelled("train", pack.Gaussian("data", RandomStreams.Data, 0, training, width)),
            Labelled("validation", cat([white, white.neg()], 1)));

        Split Labelled(string name, Tensor inputs)
        {
            var answers = inputs.matmul(teacher);
            return new Split(name, inputs, isClassification ? answers.argmax(2) : answers);
        }
    }

    /// <summary>Images and their classes; which ones, and in which order, every seed decides anew.</summary>
    private static (Split Train, Split Validation) OfImages(PackContext pack, ImageDataset dataset)
    {
        var point = pack.Statics;
        var training = EnsembleAlignmentDeclaration.Copies(point) * (int)point.Integer("train_examples");
        var validation = (int)point.Integer("validation_examples");
        var (set, seeds) = (DataStore.Load(dataset), pack.Seeds("data"));
        var examples = training + validation;
        var inputs = pack.DrawInType(
            seeds, seed => StandardisedImages.Of(set, dataset.Shape, Chosen(seed), training, ScalarType.Float64).data<double>().ToArray(), examples, dataset.Shape.Values);
        var labels = pack.Draw(seeds, seed => Array.ConvertAll(Chosen(seed), image => (double)set.Labels[image]), examples).to(ScalarType.Int64);
        return (Part("train", 0, training), Part("validation", training, validation));

        Split Part(string name, int first, int count) => new(name, inputs.narrow(1, first, count), labels.narrow(1, first, count));

        int[] Chosen(long seed)
        {
            var order = RandomStreams.Split(seed).NextPermutation(dataset.Shape.Images);
            return [.. order[..training], .. order[^validation..]];
        }
    }

    /// <summary>Of the examples of all copies [K, copies n, ...] those of each network, [K, n, ...].</summary>
    private static Tensor Own(PackContext pack, Tensor examples)
    {
        var copies = EnsembleAlignmentDeclaration.Copies(pack.Statics);
        if (copies == 1)
        {
            return examples;
        }

        var parts = examples.reshape([pack.Lanes, copies, -1, .. examples.shape[2..]]);
        return parts.index(TensorIndex.Tensor(arange(pack.Lanes)), TensorIndex.Tensor(tensor(Array.ConvertAll(pack.Members, member => (long)member))));
    }

    /// <summary>Gaussian noise of the variance 1 / snr on numbers [K, n, m].</summary>
    private static Tensor WithNoise(PackContext pack, Tensor values)
    {
        var (rows, columns) = (values.shape[1], values.shape[2]);
        var noise = pack.Draw(Networks(pack), network => Noise(network).NextGaussian((int)(rows * columns)), rows, columns);
        return values + noise * SquareRoot.Of(1 / pack.ExactColumn("snr")).unsqueeze(2);
    }

    /// <summary>Class numbers [K, n] of which a share of 1 / (1 + snr) is drawn anew.</summary>
    private static Tensor Replaced(PackContext pack, Tensor labels, int classes)
    {
        var examples = (int)labels.shape[1];
        var drawn = pack.Draw(
            Networks(pack),
            network =>
            {
                var stream = Noise(network);
                return [.. Enumerable.Range(0, 2 * examples).Select(_ => stream.NextUnit())];
            },
            2, examples);
        return where(drawn.select(1, 0).lt(1 / (1 + pack.ExactColumn("snr"))), (drawn.select(1, 1) * classes).to(ScalarType.Int64), labels);
    }

    private static (long Seed, int Member)[] Networks(PackContext pack) => [.. pack.Seeds("noise").Zip(pack.Members)];

    private static CounterRandom Noise((long Seed, int Member) network) => RandomStreams.Noise(network.Seed, network.Member);
}
