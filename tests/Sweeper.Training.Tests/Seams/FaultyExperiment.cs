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
    public FaultyExperiment(Func<PackContext, Program> build)
    {
        this.build = build;
        Declaration = new ExperimentDeclaration(
            "faulty", 1, "Cannot be trained.",
            [Hyperparameter.Integer("inputs", Binding.Static, 4, "Input dimension."), .. SeamSweep.Common], [SeamSweep.Stream("init")],
            NetworkDeclaration.Declare(Metrics, static _ => new NetworkDeclaration(Mlp.LayoutOf([4, 1]), Splits: 1)));
    }

    public ImmutableArray<Metric> Metrics { get; } = [Torn, Mixed];

    public ExperimentDeclaration Declaration { get; }

    public Program Build(PackContext pack) => build(pack);

    private static Metric Torn { get; } = new(
        "torn", 1, "Always throws.", [], snapshot => [new MetricValues("", "", snapshot.Program.Teacher!.Parameters.Flat)]);

    private static Metric Mixed { get; } = new(
        "mixed", 1, "Means over the lanes, which are other networks.", [],
        snapshot => [new MetricValues("", "", snapshot.Parameters.Flat.mean([0L]))]);
}
