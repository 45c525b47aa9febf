using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>
/// One measured thing, as data: what it is called and how it is computed from the networks of a pack. Metrics of one kind stand in one file
/// of this folder, and experiments name in their declarations those that they measure.
/// </summary>
/// <param name="Name">snake_case.</param>
/// <param name="Version">Raised when the definition changes.</param>
/// <param name="Doc">Definition, unit, source.</param>
/// <param name="Dimensions">Which values it has at one step: the split, the component, the index; none for a single value.</param>
/// <param name="Measure">Measures all lanes. Networks that diverged are zero.</param>
internal sealed record Metric(
    string Name, int Version, string Doc, ImmutableArray<Dimension> Dimensions, Func<NetworkSnapshot, IEnumerable<MetricValues>> Measure)
{
    /// <summary>Which values are better; a metric that describes a network and does not judge it has no better ones.</summary>
    public MetricDirection Better { get; init; }

    /// <summary>The split that is meant where none is named, of those it is measured on.</summary>
    public string UsualSplit { get; init; } = MetricDeclaration.StandardSplit;

    /// <summary>
    /// Whether every network of a trial has its own values. Else the trial has them (a distance between two of its members):
    /// they are then [K / M], and the pair is the component.
    /// </summary>
    public bool IsPerMember { get; init; } = true;

    /// <summary>
    /// Whether it compares with the end of training (<see cref="NetworkSnapshot.Final"/>): it is then measured only there, on
    /// networks that are kept until then, and undefined for trials that do not live so long.
    /// </summary>
    public bool LooksBack { get; init; }

    /// <summary>Of what it reads singular vectors, at its own step.</summary>
    public SingularVectors Vectors { get; init; }

    /// <summary>What networks lack for it, as in `needs ...`; null where they have values.</summary>
    public Func<NetworkDeclaration, string?> Lacks { get; init; } = _ => null;

    /// <summary>How many values one network (or one trial) gets at one step: by default the product of its dimensions.</summary>
    public Func<NetworkDeclaration, long> Rows
    {
        get => field ?? (networks => Dimensions.Aggregate(1L, (rows, dimension) => rows * dimension.Size(networks)));
        init;
    }

    /// <summary>The type whose code measures: where errors in it are looked for.</summary>
    public Type? Code => Measure.Method.DeclaringType;

    /// <summary>One of every split: [K], or [K, width] with a further dimension.</summary>
    public static Metric OnSplits(
        string name, int version, string doc, ImmutableArray<Dimension> further, Func<NetworkSnapshot, Data.Split, Tensor> measure) => new(
        name, version, doc, [Dimension.Split, .. further],
        snapshot => snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", measure(snapshot, split))));

    /// <summary>One of every weight matrix, by its name: [K], or [K, width] with a further dimension.</summary>
    public static Metric OfWeights(
        string name, int version, string doc, ImmutableArray<Dimension> further, Func<NetworkSnapshot, string, Tensor> measure) => new(
        name, version, doc, [Dimension.WeightMatrix, .. further],
        snapshot => snapshot.Parameters.Layout.Weights.Select(weight => new MetricValues("", weight.Name, measure(snapshot, weight.Name))));
}
