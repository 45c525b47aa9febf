using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Perceptrons learn to classify; see the declaration.</summary>
internal sealed class MlpClassifier() : DeclaredExperiment(MlpClassifierDeclaration.Declared, MlpClassifierDeclaration.Classifier.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack) => MlpClassifierDeclaration.Classifier.Build(
        pack, new Mlp(MlpClassifierDeclaration.Widths(pack.Statics), leak: 0, hasBias: true, law: InitialLaw.TorchDefault));
}
