using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Training.Metrics;

/// <summary>One way in which a metric has several values at one step, and how many for given networks.</summary>
/// <param name="Name">What is counted, in words.</param>
/// <param name="Column">The column of rows that tells them apart.</param>
/// <param name="Size">How many there are.</param>
internal sealed record Dimension(string Name, MetricColumn Column, Func<NetworkDeclaration, long> Size) : MetricDimension(Name, Column)
{
    /// <summary>Parts of the data.</summary>
    public static Dimension Split { get; } = new("split", MetricColumn.Split, networks => networks.Splits);

    /// <summary>Modes of the Jacobian, strongest first.</summary>
    public static Dimension Mode { get; } = new("mode", MetricColumn.Index, networks => networks.Modes);

    /// <summary>Weight matrices.</summary>
    public static Dimension WeightMatrix { get; } =
        new("weight matrix", MetricColumn.Component, networks => networks.Layout.Weights.Length);

    /// <summary>Pairs of a trial's networks, and the groups over which they are averaged.</summary>
    public static Dimension NetworkPair { get; } =
        new("pair of networks", MetricColumn.Component, networks => networks.Branching.Groups.Length);

    /// <summary>Singular values, of which matrices have different numbers: what has them counts its rows itself.</summary>
    public static Dimension Rank { get; } = Ragged("rank", MetricColumn.Index);

    /// <summary>Parts of a whole with these names.</summary>
    public static Dimension Parts(string name, params ImmutableArray<string> names) =>
        new(name, MetricColumn.Component, _ => names.Length) { Names = names };

    /// <summary>
    /// One of which there are not equally many everywhere: a metric that has it counts its rows itself (<see cref="Metric.Rows"/>).
    /// </summary>
    public static Dimension Ragged(string name, MetricColumn column) =>
        new(name, column, _ => throw new InvalidOperationException(
            $"a metric with the dimension '{name}' has to say how many rows it has"));
}
