using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
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

/// <summary>Mini-batch regression with trunks and branches, measured one by one and in pairs.</summary>
internal sealed class BranchedRegression : IExperiment
{
    private const int Inputs = 4, Width = 6, Outputs = 2, Examples = 12;

    public ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, SpectrumMetrics.WeightNorm, BranchMetrics.PathLoss, BranchMetrics.Barrier, BranchMetrics.BarrierInterior,
        BranchMetrics.Agreement, BranchMetrics.AgreementMean,
    ];

    public ExperimentDeclaration Declaration { get; }

    public BranchedRegression() => Declaration = new ExperimentDeclaration(
        "branched-regression", 1, "Networks that share a trunk, and the loss between their ends.",
        [
            Hyperparameter.Choice("optimizer", "sgd", ["sgd", "adam"], "Momentum or Adam."),
            .. BranchingSettings.Declared, BatchSettings.Size(4), .. SeamSweep.Common,
        ],
        [SeamSweep.Stream("init"), SeamSweep.Stream("data"), SeamSweep.Stream("order"), BranchingSettings.Stream],
        NetworkDeclaration.Declare(Metrics, static point => new(Mlp.LayoutOf([Inputs, Width, Outputs], hasBias: true), Splits: 2)
        {
            Branching = BranchingSettings.Of(point),
        }))
    {
        Engine = static _ => EngineKind.Lanes,
        LanesPerTrial = static point => BranchingSettings.Of(point).Members,
        Constraints = [.. BranchingSettings.Constraints],
    };

    public Program Build(PackContext pack)
    {
        var model = new Mlp([Inputs, Width, Outputs], leak: 0, hasBias: true);
        var initial = pack.Draw(BranchingSettings.TrunkSeeds(pack, "init"), model.Layout.Initialise, model.Layout.Size);
        var objective = new SquaredError(ErrorScaling.MeanAll);
        var rate = pack.Column("learning_rate");
        IOptimizer optimizer = pack.Statics.Choice("optimizer") == "adam"
            ? new Adam(rate, decay: null, isDecoupled: false, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
            : new Sgd(rate, decay: null, momentum: rate * 10);
        return new Program(
            model, new ParameterSet(model.Layout, initial),
            new TrainingRule(objective, optimizer) { Batches = BatchSettings.Build(pack, BranchingSettings.TrunkSeeds(pack, "order")) },
            objective, [Data(pack, "train", 0), Data(pack, "validation", 1)], BranchingSettings.Phases(pack))
        {
            Branching = BranchingSettings.Of(pack.Statics),
        };
    }

    private static Split Data(PackContext pack, string name, int part)
    {
        var inputs = pack.Draw(
            pack.Seeds("data"), seed => SeamSweep.Gaussian(RandomStreams.Data(seed, part), Examples * Inputs), Examples, Inputs);
        return new Split(name, inputs, inputs.narrow(2, 0, Outputs).square());
    }
}
