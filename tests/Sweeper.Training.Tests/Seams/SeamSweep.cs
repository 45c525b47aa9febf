using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Runs sweeps of experiments that no catalog has, from their YAML, and what such experiments share.</summary>
internal static class SeamSweep
{
    /// <summary>Trains and measures all packs of a sweep; trials have the numbers of the plan.</summary>
    public static Measured Run(IExperiment experiment, string yaml)
    {
        var catalog = new ExperimentCatalog([experiment]);
        var plan = SweepPlan.Parse(yaml, catalog);
        var measured = new Measured();
        foreach (var pack in plan.Packs)
        {
            var ofPack = new Measured();
            var work = plan.WorkFor(pack, static (_, _) => true);
            Assert.Empty(new PackRunner("cpu", catalog).Run(work, ofPack, TestContext.Current.CancellationToken).Diverged);
            foreach (var metric in experiment.Declaration.Metrics
                .Where(metric => ofPack.Blocks.Any(block => block.Series.Metric == metric.Name)))
            {
                var rows = ofPack.Blocks.Where(block => block.Series.Metric == metric.Name)
                    .GroupBy(block => block.Step).Select(step => (long)step.Sum(block => block.Width));
                Assert.All(rows, width => Assert.Equal(metric.RowsPerSnapshot(work.Statics), width));
            }

            measured.Blocks.AddRange(ofPack.Blocks.Select(block =>
                block with { Trials = Array.ConvertAll(block.Trials.ToArray(), trial => (int)pack.First + trial) }));
        }

        return measured;
    }

    /// <summary>A sweep of two seeds over an axis, measured at every step.</summary>
    public static string Of(string experiment, string axis, string metrics) => $$"""
        sweep: seam
        experiment: {{experiment}}
        grid: { {{axis}} }
        seeds: 2
        measure: [ { at: { every: 1 }, metrics: [{{metrics}}] } ]
        """;

    /// <summary>Hyperparameters that every experiment here has, after its own.</summary>
    public static Hyperparameter[] Common { get; } =
    [
        Hyperparameter.Integer("steps", Binding.Static, 3, "Optimizer steps.") with { Minimum = 0 },
        Hyperparameter.Real("learning_rate", Binding.Batched, 0.05, "Learning rate.") with { Minimum = 0 },
        Hyperparameter.Integer("seed_of_all", Binding.Batched, -1, "Fixed seed; -1 follows the trial's seed.") with { Minimum = -1 },
        Hyperparameter.Choice("dtype", "float64", ["float32", "float64"], "Floating-point type."),
    ];

    public static StreamDeclaration Stream(string name) => new(name, "seed_of_all", "What is drawn.");

    /// <summary>Independent standard normal numbers.</summary>
    public static double[] Gaussian(CounterRandom stream, int count)
    {
        var values = new double[count];
        stream.FillGaussian(values);
        return values;
    }
}
