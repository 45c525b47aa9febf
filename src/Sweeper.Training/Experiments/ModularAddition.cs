using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;
using Table = Sweeper.Training.Data.Portable.ModularAddition;

namespace Sweeper.Training.Experiments;

/// <summary>Transformers learn to add: see the declaration.</summary>
internal sealed class ModularAddition() : DeclaredExperiment(ModularAdditionDeclaration.Declared, ModularAdditionDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Transformer(ModularAdditionDeclaration.Shape(point));
        var trained = new CrossEntropy(isExact: point.Choice("log_softmax") == "float64");
        return TrainingSettings.Build(pack, model, trained, new CrossEntropy(), Splits(pack));
    }

    /// <summary>`train` and `validation`: i, j and the token p, which stands for "=".</summary>
    private static ImmutableArray<Split> Splits(PackContext pack)
    {
        var (modulus, fraction) = ((int)pack.Statics.Integer("modulus"), pack.Statics.Real("train_fraction"));
        var table = pack.Draw(pack.Seeds("split"), Numbers, (long)modulus * modulus, 4).to(ScalarType.Int64);
        long training = ModularAdditionDeclaration.TrainExamples(pack.Statics), all = table.shape[1];
        return [Part("train", 0, training), Part("validation", training, all - training)];

        double[] Numbers(long seed) =>
            [.. Table.Draw(modulus, fraction, seed).Pairs.SelectMany(pair => (double[])[pair.Left, pair.Right, modulus, pair.Sum])];

        Split Part(string name, long first, long count)
        {
            var examples = table.narrow(1, first, count);
            return new Split(name, examples.narrow(2, 0, 3), examples.select(2, 3));
        }
    }
}
