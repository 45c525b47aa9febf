using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;

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

    public ImmutableArray<IMetric> Metrics { get; } = [new Torn()];

    public ExperimentDeclaration Declaration { get; }

    public Program Build(PackContext pack) => build(pack);

    private sealed class Torn : IMetric
    {
        public string Name => "torn";

        public int Version => 1;

        public string Doc => "Always throws.";

        public string Shape => "one";

        public long Rows(NetworkDeclaration networks) => 1;

        public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) => [new MetricValues("", "", snapshot.Program.Teacher!.Parameters.Flat)];
    }
}
