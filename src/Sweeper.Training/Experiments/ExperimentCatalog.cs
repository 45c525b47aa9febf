using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;

namespace Sweeper.Training.Experiments;

/// <summary>All experiments of this assembly. Reading it loads no native library.</summary>
public sealed class ExperimentCatalog : IExperimentCatalog
{
    private static readonly ImmutableArray<IExperiment> Experiments =
    [
        .. typeof(ExperimentCatalog).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IExperiment)))
            .Select(type => (IExperiment)Activator.CreateInstance(type)!)
            .OrderBy(experiment => experiment.Declaration.Name, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public ImmutableArray<ExperimentDeclaration> All { get; } = [.. Experiments.Select(experiment => experiment.Declaration)];

    /// <summary>The experiment behind a declaration.</summary>
    internal static IExperiment Of(ExperimentDeclaration declaration) =>
        Experiments.First(experiment => experiment.Declaration.Name == declaration.Name);
}
