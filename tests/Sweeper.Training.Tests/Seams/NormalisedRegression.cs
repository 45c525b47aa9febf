using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Tests.Seams;

/// <summary>
/// Networks with batch norm that part into two branches, which are moved apart; or, with `rewind`, that go back there after their last but
/// one step, and do it again with half of their weights.
/// </summary>
internal sealed class NormalisedRegression : IExperiment
{
    public const int Inputs = 4, Hidden = 6, Outputs = 2, Examples = 12, Batch = 4;

    public ImmutableArray<Metric> Metrics { get; } =
        [LossMetrics.Loss, .. WeightMetrics.All, BranchMetrics.PathLoss, BranchMetrics.Barrier, BranchMetrics.Agreement, Stale];

    public ExperimentDeclaration Declaration { get; }

    public NormalisedRegression() => Declaration = new ExperimentDeclaration(
        "normalised-regression", 1, "Networks with batch norm.",
        [
            .. BranchingSettings.Declared, BatchSettings.Size(Batch),
            Hyperparameter.Integer("rewind", Binding.Static, -1, "Step gone back to; -1 for none."), .. SeamSweep.Common,
        ],
        [SeamSweep.Stream("init"), SeamSweep.Stream("data"), SeamSweep.Stream("order"), BranchingSettings.Stream],
        NetworkDeclaration.Declare(Metrics, static point => new(Model.Layout, Splits: 1) { Branching = BranchingSettings.Of(point) }))
    {
        LanesPerTrial = static point => BranchingSettings.Of(point).Members,
        Constraints = [.. BranchingSettings.Constraints],
    };

    public static NormalisedNetwork Model { get; } = new(Inputs, Hidden, Outputs);

    public Program Build(PackContext pack)
    {
        var initial = pack.Draw(BranchingSettings.TrunkSeeds(pack, "init"), Model.Layout.Initialise, Model.Layout.Size).contiguous();
        var inputs = pack.Draw(
            pack.Seeds("data"), seed => SeamSweep.Gaussian(RandomStreams.Data(seed, 0), Examples * Inputs), Examples, Inputs);
        var objective = new SquaredError(ErrorScaling.MeanAll);
        return new Program(
            Model, new ParameterSet(Model.Layout, initial),
            new TrainingRule(objective, new Sgd(pack.Column("learning_rate")))
            {
                Batches = BatchSettings.Build(pack, BranchingSettings.TrunkSeeds(pack, "order")),
            },
            objective, [new Split("train", inputs, inputs.narrow(2, 0, Outputs).square())], Phases(pack))
        {
            Branching = BranchingSettings.Of(pack.Statics),
        };
    }

    private static ImmutableArray<Phase> Phases(PackContext pack)
    {
        long rewind = pack.Statics.Integer("rewind"), steps = pack.Statics.Integer("steps");
        double[] half = [.. Enumerable.Repeat(0.5, pack.Lanes)];
        return rewind < 0
            ? BranchingSettings.Phases(pack)
            :
            [
                new Phase.Train(rewind), new Phase.Keep("early"), new Phase.Train(steps - 1), new Phase.Edit(new MagnitudeMask(half)),
                new Phase.Rewind("early"), new Phase.Train(steps),
            ];
    }

    /// <summary>How far the running statistics are from those that are recomputed.</summary>
    private static Metric Stale { get; } = new(
        "stale", 1, "Largest difference between the buffers and what recalibration makes of them.", [], snapshot =>
        {
            var again = new ParameterSet(snapshot.Parameters.Layout, snapshot.Parameters.Flat.clone());
            Recalibration.Of(snapshot.Program)!.Apply(again);
            return [new MetricValues("", "", (again.Flat - snapshot.Parameters.Flat).abs().amax([1L]))];
        });
}
