using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>A catalog with one experiment: depth is static, lr batched.</summary>
internal sealed class FakeExperiments : IExperimentCatalog
{
    public ImmutableArray<ExperimentDeclaration> All { get; } =
    [
        new ExperimentDeclaration(
            "fake", 1, "Nothing is trained.",
            [
                Hyperparameter.Integer("depth", Binding.Static, 2, "layers") with { Minimum = 1 },
                Hyperparameter.Integer("steps", Binding.Static, 4, "steps") with { Minimum = 1 },
                Hyperparameter.Real("lr", Binding.Batched, 0.1, "learning rate"),
            ],
            [],
            [new MetricDeclaration("loss", 1, "half the squared error", _ => 1)])
        {
            DefaultMetrics = ["loss"],
        },
    ];

    /// <summary>A plan of `depths` packs with 4 trials each.</summary>
    public static SweepPlan Plan(int depths, int allowFailed = 0) => Parse($$"""
        sweep: test
        experiment: fake
        grid:
          depth: [{{string.Join(", ", Enumerable.Range(1, depths))}}]
          lr: [0.1, 0.2]
        seeds: 2
        lanes: 4
        allow_failed: {{allowFailed}}
        """);

    public static SweepPlan Parse(string text) =>
        SweepPlan.Create(SweepFile.Parse(text, "test.yaml", SweepOverrides.None), new FakeExperiments());
}
