using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Tests.Seams;

/// <summary>An experiment with a mistake in one of its parts.</summary>
internal sealed class FaultyExperiment : IExperiment
{
    private readonly Func<PackContext, Program> build;

    /// <param name="build">Its Build.</param>
    /// <param name="layout">Parameters of its networks, where they are not those of four inputs and one output.</param>
    public FaultyExperiment(Func<PackContext, Program> build, Func<Point, ParameterLayout>? layout = null)
    {
        this.build = build;
        Declaration = new ExperimentDeclaration(
            "faulty", 1, "Cannot be trained.",
            [Hyperparameter.Integer("inputs", Binding.Static, 4, "Input dimension."), .. SeamSweep.Common], [SeamSweep.Stream("init")],
            NetworkDeclaration.Declare(Metrics, point => new NetworkDeclaration(layout?.Invoke(point) ?? Mlp.LayoutOf([4, 1]), Splits: 1)));
    }

    public ImmutableArray<Metric> Metrics { get; } = [Torn, Mixed, Twofold];

    public ExperimentDeclaration Declaration { get; }

    public Program Build(PackContext pack) => build(pack);

    private static Metric Torn { get; } = new(
        "torn", 1, "Always throws.", [], snapshot => [new MetricValues("", "", snapshot.Program.Teacher!.Parameters.Flat)]);

    private static Metric Twofold { get; } = new(
        "twofold", 1, "Two values, of which it declares one.", [],
        snapshot => [new MetricValues("", "", snapshot.Parameters.Flat.narrow(1, 0, 2))]);

    private static Metric Mixed { get; } = new(
        "mixed", 1, "Means over the lanes, which are other networks.", [],
        snapshot => [new MetricValues("", "", snapshot.Parameters.Flat.mean([0L]))]);
}
