using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>One measured thing: a file in this folder, named in the declarations of the experiments that measure it.</summary>
internal interface IMetric
{
    /// <summary>snake_case.</summary>
    string Name { get; }

    /// <summary>Raised when the definition changes.</summary>
    int Version { get; }

    /// <summary>Definition, unit, source.</summary>
    string Doc { get; }

    /// <summary>Which values it has at one step, in words: `one a split and mode`; for documentation.</summary>
    string Shape { get; }

    /// <summary>Which values are better; a metric that describes a network and does not judge it has no better ones.</summary>
    MetricDirection Better => MetricDirection.None;

    /// <summary>The split that is meant where none is named, of those it is measured on.</summary>
    string UsualSplit => MetricDeclaration.StandardSplit;

    /// <summary>
    /// Whether every network of a trial has its own values. Else the trial has them (a distance between two of its members):
    /// they are then [K / M], and the pair is the component.
    /// </summary>
    bool IsPerMember => true;

    /// <summary>
    /// Whether it compares with the end of training (<see cref="NetworkSnapshot.Final"/>): it is then measured only there, on
    /// networks that are kept until then, and undefined for trials that do not live so long.
    /// </summary>
    bool LooksBack => false;

    /// <summary>Of what it reads singular vectors, at its own step.</summary>
    SingularVectors Vectors => SingularVectors.None;

    /// <summary>How many values one network (or one trial) gets at one step.</summary>
    long Rows(NetworkDeclaration networks);

    /// <summary>What these networks lack for it, as in `needs ...`; null where it has values.</summary>
    string? Lacks(NetworkDeclaration networks) => null;

    /// <summary>Measures all lanes.</summary>
    IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot);
}

/// <summary>One series of a metric.</summary>
/// <param name="Split">Part of the data, or empty.</param>
/// <param name="Component">Weight matrix (`W1`), pair of members (`0-1`), or empty.</param>
/// <param name="Values">[K] or [K, width]; K / M instead of K where they are of trials.</param>
internal sealed record MetricValues(string Split, string Component, Tensor Values);
