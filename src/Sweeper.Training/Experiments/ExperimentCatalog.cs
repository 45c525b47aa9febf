using System.Collections.Immutable;
using System.Reflection;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;

namespace Sweeper.Training.Experiments;

/// <summary>Experiments by name. Reading it loads no native library.</summary>
public sealed class ExperimentCatalog : IExperimentCatalog
{
    private readonly ImmutableArray<IExperiment> experiments;

    /// <summary>All experiments of this assembly.</summary>
    public ExperimentCatalog()
        : this(typeof(ExperimentCatalog).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IExperiment)))
            .Select(Make))
    {
    }

    internal ExperimentCatalog(IEnumerable<IExperiment> experiments)
    {
        this.experiments = [.. experiments.OrderBy(experiment => experiment.Declaration.Name, StringComparer.Ordinal)];
        All = [.. this.experiments.Select(experiment => experiment.Declaration)];
        foreach (var declared in All)
        {
            DeclarationCheck.Check(declared);
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<ExperimentDeclaration> All { get; }

    /// <summary>The experiment of a declaration.</summary>
    internal IExperiment Of(ExperimentDeclaration declaration) =>
        experiments.First(experiment => experiment.Declaration.Name == declaration.Name);

    private static IExperiment Make(Type type)
    {
        try
        {
            var made = (IExperiment)Activator.CreateInstance(type)!;
            _ = made.Declaration;
            return made;
        }
        catch (Exception cause) when (cause is TargetInvocationException or TypeInitializationException)
        {
            throw ExperimentFault.Of(type.Name, "its declaration", cause.GetBaseException(), type);
        }
    }
}
