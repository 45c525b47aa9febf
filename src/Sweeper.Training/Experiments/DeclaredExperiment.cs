using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>An experiment whose declaration stands in a file of its own.</summary>
/// <param name="declaration">What the program knows of it.</param>
/// <param name="metrics">What it can measure.</param>
internal abstract class DeclaredExperiment(ExperimentDeclaration declaration, ImmutableArray<Metric> metrics) : IExperiment
{
    /// <inheritdoc/>
    public ExperimentDeclaration Declaration => declaration;

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics => metrics;

    /// <inheritdoc/>
    public abstract Program Build(PackContext pack);
}
