using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Tests.Fakes;

/// <summary>One experiment with a hyperparameter of every kind and binding, and no program behind it.</summary>
internal sealed class FakeCatalog(params ImmutableArray<ExperimentDeclaration> experiments) : IExperimentCatalog
{
    public static FakeCatalog Instance { get; } = new(Toy());

    public ImmutableArray<ExperimentDeclaration> All => experiments;

    public static SweepPlan Plan(string yaml, SweepOverrides? overrides = null) =>
        SweepPlan.Create(SweepFile.Parse(yaml, "toy.yaml", overrides ?? SweepOverrides.None), Instance);

    /// <param name="version">Version of the experiment.</param>
    /// <param name="more">Hyperparameters beyond the usual ones, put first.</param>
    /// <param name="bytesPerLane">Memory formula.</param>
    /// <param name="dataset">Hash of the data set that is learnt.</param>
    public static ExperimentDeclaration Toy(
        int version = 1, ImmutableArray<Hyperparameter>? more = null, long bytesPerLane = 1 << 10, string? dataset = null) => new(
            "toy",
            version,
            "Trains nothing.",
            [
                .. more ?? [],
                Hyperparameter.Integer("width", Binding.Static, 12, "Units of a layer.") with { Minimum = 1 },
                Hyperparameter.Integer("depth", Binding.Static, 2, "Weight matrices.") with { Minimum = 1, Maximum = 64 },
                Hyperparameter.Integer("steps", Binding.Static, 1000, "Optimizer steps.") with { Minimum = 0 },
                Hyperparameter.Integer("students", Binding.Static, 1, "Networks of a trial.") with { Minimum = 1 },
                Hyperparameter.Choice("optimizer", "gd", ["gd", "adam"], "Optimizer family."),
                Hyperparameter.Choice("dtype", "float32", ["float32", "float64"], "Arithmetic."),
                Hyperparameter.Flag("bias", false, "Whether layers have biases."),
                Hyperparameter.Real("lr", Binding.Batched, 0.01, "Learning rate.") with { Minimum = 0 },
                Hyperparameter.Real("noise", Binding.Batched, 0, "Standard deviation of output noise.") with { Minimum = 0 },
                Hyperparameter.Real("weight_decay", Binding.Batched, 0, "Weight decay."),
                Hyperparameter.Vector("spectrum", Binding.Batched, [3, 2, 1], "Singular values of the teacher.") with { Minimum = 0 },
            ],
            [new StreamDeclaration("init", "seed", "Initial weights.")],
            [
                new MetricDeclaration("loss", 1, "Mean squared error.", _ => 2),
                new MetricDeclaration("norm", 3, "Norm of the weights.", point => point.Integer("depth")),
            ])
        {
            Constraints = [new(
                ["spectrum", "width"], "spectrum must have at most width values",
                point => point.Vector("spectrum").Length <= point.Integer("width"))],
            DefaultMetrics = ["loss"],
            LanesPerTrial = point => (int)point.Integer("students"),
            BytesPerLane = _ => bytesPerLane,
            DatasetHash = _ => dataset,
        };
}
