using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps;

/// <summary>One dimension of a sweep: a hyperparameter, or several that vary together (zip).</summary>
/// <param name="Hyperparameters">Their declarations, in the order of the experiment.</param>
/// <param name="Entries">[entries, hyperparameters]: the values, in the order of the file; no entry stands twice.</param>
public sealed record SweepAxis(ImmutableArray<Hyperparameter> Hyperparameters, ImmutableArray<ImmutableArray<Value>> Entries)
{
    /// <summary>Number of entries.</summary>
    public int Count => Entries.Length;

    /// <summary>Whether it separates packs: a group is static as soon as one of its names is.</summary>
    public bool IsStatic => Hyperparameters.Any(declared => declared.Binding == Binding.Static);
}
