using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>
/// The names that a condition or a formula may speak of: an experiment's hyperparameters, the values that a sweep derives from them,
/// `seed`.
/// </summary>
/// <param name="experiment">Whose hyperparameters.</param>
/// <param name="derived">Derived values.</param>
public sealed class Vocabulary(ExperimentDeclaration experiment, ImmutableArray<DerivedValue> derived)
{
    /// <summary>The name of the seed.</summary>
    internal const string Seed = "seed";

    /// <summary>Whose hyperparameters.</summary>
    public ExperimentDeclaration Experiment => experiment;

    /// <summary>The derived values, by name.</summary>
    internal ImmutableArray<DerivedValue> DerivedValues => derived;

    /// <summary>Names of derived values whose formulas are at fault: what speaks of them cannot be read, and is not to blame.</summary>
    internal ImmutableHashSet<string> Broken { get; init; } = [];

    /// <summary>Every name.</summary>
    public IEnumerable<string> Names => experiment.Hyperparameters.Select(declared => declared.Name).Concat(DerivedNames).Append(Seed);

    /// <summary>The names of derived values.</summary>
    public IEnumerable<string> DerivedNames => derived.Select(value => value.Name);

    /// <summary>The derived value of a name, or null.</summary>
    public DerivedValue? Derived(string name) => derived.FirstOrDefault(value => value.Name == name);
}
