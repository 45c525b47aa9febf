using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Phases;
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

    /// <summary>Values one network (or one trial) gets at one step.</summary>
    long Rows(NetworkShape shape);

    /// <summary>What networks of this shape lack for it, as in `needs ...`; null where it has values.</summary>
    string? Lacks(NetworkShape shape) => null;

    /// <summary>Measures all lanes.</summary>
    IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot);
}

/// <summary>One series of a metric.</summary>
/// <param name="Split">Part of the data, or empty.</param>
/// <param name="Component">Weight matrix (`W1`), pair of members (`0-1`), or empty.</param>
/// <param name="Values">[K] or [K, width]; K / M instead of K where they are of trials.</param>
internal sealed record MetricValues(string Split, string Component, Tensor Values);

/// <summary>What sizes of results depend on.</summary>
/// <param name="Widths">Units from the inputs to the outputs.</param>
/// <param name="Splits">Parts of the data that are measured.</param>
internal sealed record NetworkShape(ImmutableArray<int> Widths, int Splits)
{
    /// <summary>Modes of a Jacobian.</summary>
    public int Modes => Math.Min(Widths[0], Widths[^1]);

    /// <summary>Number of weight matrices.</summary>
    public int Depth => Widths.Length - 1;

    /// <summary>Singular values of all weight matrices together.</summary>
    public int SingularValues => Enumerable.Range(0, Depth).Sum(RankOf);

    /// <summary>Singular values of one weight matrix, the first being 0.</summary>
    public int RankOf(int layer) => Math.Min(Widths[layer], Widths[layer + 1]);

    /// <summary>Examples of all splits together; what metrics of single examples need.</summary>
    public int Examples { get; init; }

    /// <summary>Those of the validation split.</summary>
    public int ValidationExamples { get; init; }

    /// <summary>Singular values of all the teacher's matrices together.</summary>
    public int TeacherSingularValues { get; init; }

    /// <summary>
    /// Floating-point operations of a step of training on so many examples: three products for every matrix (outputs, gradient of the
    /// weights, gradient of the inputs), a multiplication and an addition each.
    /// </summary>
    public double OperationsPerStep(long examples) =>
        6.0 * examples * Enumerable.Range(0, Depth).Sum(layer => (double)Widths[layer] * Widths[layer + 1]);

    /// <summary>The networks of a trial.</summary>
    public Branching Branching { get; init; } = Branching.None;

    /// <summary>Declares metrics for an experiment whose networks have these shapes.</summary>
    public static ImmutableArray<MetricDeclaration> Declare(ImmutableArray<IMetric> metrics, Func<Point, NetworkShape> shapeOf) =>
    [
        .. metrics.Select(metric => new MetricDeclaration(metric.Name, metric.Version, metric.Doc, point =>
        {
            var shape = shapeOf(point);
            return metric.Rows(shape) * (metric.IsPerMember ? shape.Branching.Members : 1);
        }) { Shape = metric.Shape, Better = metric.Better, UsualSplit = metric.UsualSplit, Lacks = point => metric.Lacks(shapeOf(point)) }),
    ];
}
