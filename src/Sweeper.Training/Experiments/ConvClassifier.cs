using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Convolutional networks learn to classify pictures; see the declaration.</summary>
internal sealed class ConvClassifier() : DeclaredExperiment(ConvClassifierDeclaration.Declared, ConvClassifierDeclaration.Classifier.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack) =>
        ConvClassifierDeclaration.Classifier.Build(pack, ConvClassifierDeclaration.Model(pack.Statics));
}
