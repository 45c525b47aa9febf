using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Recurrent networks learn to write down what is said; see the declaration.</summary>
internal sealed class SequenceLabelling() : DeclaredExperiment(SequenceLabellingDeclaration.Declared, SequenceLabellingDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var (features, labels, _) = LabelledSequences.Shape(point);
        var model = new BidirectionalLstm(features, (int)point.Integer("layers"), (int)point.Integer("hidden"), labels + 1);
        var objective = new ConnectionistTemporalClassification();
        return TrainingSettings.Build(pack, model, objective, objective, LabelledSequences.Splits(pack));
    }
}
