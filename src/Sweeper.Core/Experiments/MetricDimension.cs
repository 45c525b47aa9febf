using System.Collections.Immutable;

namespace Sweeper.Core.Experiments;

/// <summary>One way in which a metric has several values at one step.</summary>
/// <param name="Name">What is counted, in words: `split`, `weight matrix`, `mode`.</param>
/// <param name="Column">The column of rows that tells them apart.</param>
public record MetricDimension(string Name, MetricColumn Column)
{
    /// <summary>The names that are counted, where they are always the same: `linear`, `nonlinear`, `cross`.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>In words: `part (linear, nonlinear, cross)`.</summary>
    public string Text => Names.IsEmpty ? Name : $"{Name} ({string.Join(", ", Names)})";
}
