using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Transformers learn to foretell the next character of a text: see the declaration.</summary>
internal sealed class LanguageModel() : DeclaredExperiment(LanguageModelDeclaration.Declared, LanguageModelDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var model = new Transformer(LanguageModelDeclaration.Shape(pack.Statics));
        var objective = new CrossEntropy();
        return TrainingSettings.Build(pack, model, objective, objective, Splits(pack));
    }

    /// <summary>`train` and `validation`: all tokens of a sequence but the last, and all but the first.</summary>
    private static ImmutableArray<Split> Splits(PackContext pack)
    {
        var point = pack.Statics;
        long context = point.Integer("context"), training = point.Integer("train_examples"), validation = point.Integer("validation_examples");
        int length = (int)context + 1, count = (int)(training + validation), tokens = LanguageModelDeclaration.Shape(point).Tokens;
        var sequences = LanguageModelDeclaration.Text(point) is { } text
            ? tensor(OfText(text), [1, count, length]).expand(pack.Lanes, count, length)
            : tensor([.. pack.Seeds("data").SelectMany(seed => MarkovText.Draw(tokens, length, count, seed))], [pack.Lanes, count, length]);
        var all = sequences.to(pack.Device);
        return [Part("train", 0, training), Part("validation", training, validation)];

        long[] OfText(MadeDataset from)
        {
            var content = DataStore.Content(from);
            return TextSequences.Of(content, TextSequences.Alphabet(content), length, count);
        }

        Split Part(string name, long first, long examples)
        {
            var part = all.narrow(1, first, examples);
            return new Split(name, part.narrow(2, 0, context), part.narrow(2, 1, context));
        }
    }
}
