using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Convolutional networks learn to classify pictures; see the declaration.</summary>
internal sealed class ConvClassifier : IExperiment
{
    /// <inheritdoc/>
    public ExperimentDeclaration Declaration => ConvClassifierDeclaration.Declared;

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics => ConvClassifierDeclaration.Classifier.Metrics;

    /// <inheritdoc/>
    public Program Build(PackContext pack) =>
        ConvClassifierDeclaration.Classifier.Build(pack, ConvClassifierDeclaration.Model(pack.Statics));
}
