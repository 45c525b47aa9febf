using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Metrics;

/// <summary>
/// What an experiment says of a point's networks and data before any is built: how many values each metric has, and what a step costs.
/// </summary>
/// <param name="Layout">Parameters of a network.</param>
/// <param name="Splits">Parts of the data that are measured.</param>
internal sealed record NetworkDeclaration(ParameterLayout Layout, int Splits)
{
    /// <summary>Parts on which losses are measured and nothing else.</summary>
    public int LossSplits { get; init; }

    /// <summary>Numbers of one input; what metrics of Jacobians need.</summary>
    public int Inputs { get; init; }

    /// <summary>Numbers of one output.</summary>
    public int Outputs { get; init; }

    /// <summary>Modes of a Jacobian.</summary>
    public int Modes => Math.Min(Inputs, Outputs);

    /// <summary>Examples of all splits together; what metrics of single examples need.</summary>
    public int Examples { get; init; }

    /// <summary>Those of the validation split.</summary>
    public int ValidationExamples { get; init; }

    /// <summary>Parameters of the teacher, where there is one.</summary>
    public ParameterLayout? Teacher { get; init; }

    /// <summary>The weights whose product is measured, where there is one.</summary>
    public WeightChain? Chain { get; init; }

    /// <summary>The networks of a trial.</summary>
    public Branching Branching { get; init; } = Branching.None;

    /// <summary>
    /// Floating-point operations of a step of training on so many examples, where each passes every weight once: three products (outputs,
    /// gradient of the weights, gradient of the inputs), a multiplication and an addition each.
    /// </summary>
    public double OperationsPerStep(long examples) => 6.0 * examples * Layout.Weights.Sum(weight => weight.Size);

    /// <summary>Declares metrics for an experiment with these networks.</summary>
    public static ImmutableArray<MetricDeclaration> Declare(ImmutableArray<Metric> metrics, Func<Point, NetworkDeclaration> networksOf) =>
    [
        .. metrics.Select(metric => new MetricDeclaration(
            metric.Name, metric.Version, metric.Doc, point => RowsOf(metric, Networks(networksOf, point)))
        {
            Dimensions = ImmutableArray<MetricDimension>.CastUp(metric.Dimensions), Better = metric.Better,
            UsualSplit = metric.UsualSplit, Lacks = point => metric.Lacks(Networks(networksOf, point)),
        }),
    ];

    /// <summary>A layout that contradicts itself is a fault of its own, and not of the metric that was the first to look at it.</summary>
    private static NetworkDeclaration Networks(Func<Point, NetworkDeclaration> networksOf, Point point)
    {
        try
        {
            return networksOf(point);
        }
        catch (Exception cause) when (ExperimentFault.IsOfCode(cause))
        {
            throw ExperimentFault.At("the layout of its networks", cause, networksOf.Method.DeclaringType, point);
        }
    }

    private static long RowsOf(Metric metric, NetworkDeclaration networks) =>
        metric.Rows(networks) * (metric.IsPerMember ? networks.Branching.Members : 1);
}
