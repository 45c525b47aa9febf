using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Ports;

/// <summary>The experiments this build knows.</summary>
public interface IExperimentCatalog
{
    /// <summary>All, by name.</summary>
    ImmutableArray<ExperimentDeclaration> All { get; }

    /// <summary>By name, or null.</summary>
    ExperimentDeclaration? Find(string name) => All.FirstOrDefault(declared => declared.Name == name);
}
