using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Perceptrons learn to classify; see the declaration.</summary>
internal sealed class MlpClassifier : IExperiment
{
    /// <inheritdoc/>
    public ExperimentDeclaration Declaration => MlpClassifierDeclaration.Declared;

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics => MlpClassifierDeclaration.Metrics;

    /// <inheritdoc/>
    public Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Mlp(MlpClassifierDeclaration.Widths(point), leak: 0, hasBias: true, law: InitialLaw.TorchDefault);
        var initial = pack.Draw(BranchingSettings.TrunkSeeds(pack, "init"), model.Layout.Initialise, model.Layout.Size)
            .to(pack.Type).contiguous();
        var objective = new CrossEntropy();
        var orders = BatchSettings.Build(pack, BranchingSettings.TrunkSeeds(pack, BatchSettings.Order.Name));
        var rule = new TrainingRule(objective, OptimizerSettings.Build(pack, model.Layout))
        {
            Batches = orders, RateFactor = RateSettings.Factor(point),
        };
        return new Program(model, new ParameterSet(model.Layout, initial), rule, objective, ClassificationData.Splits(pack), BranchingSettings.Phases(pack))
        {
            Branching = BranchingSettings.Of(point),
        };
    }
}
