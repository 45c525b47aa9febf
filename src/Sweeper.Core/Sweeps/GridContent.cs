using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps;

/// <summary>One member of a union, typed: the file's own grid, or an entry of `grids` with what it inherits.</summary>
/// <param name="Name">Name of the entry; null for the file's own grid.</param>
/// <param name="Fixed">Fixed values, in the order of the declaration.</param>
/// <param name="Axes">Axes, in the order of the declaration.</param>
internal sealed record GridContent(
    string? Name, ImmutableArray<(Hyperparameter Declaration, Value Value)> Fixed, ImmutableArray<SweepAxis> Axes)
{
    /// <summary>The value of every hyperparameter where no axis gives one: fixed, else the default.</summary>
    public ImmutableArray<Value> Standard(ExperimentDeclaration experiment)
    {
        var values = experiment.Hyperparameters.Select(declared => declared.Default).ToArray();
        foreach (var (declared, value) in Fixed)
        {
            values[experiment.IndexOf(declared.Name)] = value;
        }

        return [.. values];
    }
}
