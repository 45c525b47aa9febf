using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Perceptrons learn to classify; see the declaration.</summary>
internal sealed class MlpClassifier : IExperiment
{
    /// <inheritdoc/>
    public ExperimentDeclaration Declaration => MlpClassifierDeclaration.Declared;

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics => MlpClassifierDeclaration.Classifier.Metrics;

    /// <inheritdoc/>
    public Program Build(PackContext pack) => MlpClassifierDeclaration.Classifier.Build(
        pack, new Mlp(MlpClassifierDeclaration.Widths(pack.Statics), leak: 0, hasBias: true, law: InitialLaw.TorchDefault));
}
