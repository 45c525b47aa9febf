using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>What all experiments with classifiers share: everything but the networks.</summary>
/// <param name="data">What is classified.</param>
/// <param name="further">Metrics of its networks alone.</param>
internal sealed class Classifier(ClassificationData data, params ImmutableArray<Metric> further)
{
    /// <summary>What it can measure.</summary>
    public ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, LossMetrics.Accuracy, .. WeightMetrics.All, HalfSpectrumMetrics.Accuracy,
        .. BranchMetrics.All, .. MaskMetrics.All, .. further,
    ];

    /// <summary>What is classified.</summary>
    public ClassificationData Data => data;

    /// <summary>Declares one. Its doc goes on with what holds for all.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="doc">Its networks, in a sentence or two.</param>
    /// <param name="networks">Hyperparameters of its networks.</param>
    /// <param name="training">Those of <see cref="TrainingSettings.Declared"/>, with its own defaults.</param>
    /// <param name="layoutOf">Parameters of the networks of a point.</param>
    /// <param name="bytes">Memory of one of them (<see cref="ExperimentDeclaration.BytesPerLane"/>).</param>
    /// <param name="engine">What trains them on a processor.</param>
    /// <param name="operations">Operations of a step on so many examples; null where each passes every weight once.</param>
    public ExperimentDeclaration Declare(
        string name, string doc, ImmutableArray<Hyperparameter> networks, ImmutableArray<Hyperparameter> training,
        Func<Point, ParameterLayout> layoutOf, Func<Point, long> bytes, EngineKind engine, Func<Point, long, double>? operations = null)
    {
        ImmutableArray<SeededStream> streams = [.. data.Streams, .. TrainingSettings.Streams()];
        return new(
            name, 1,
            $"{doc} Label noise is in the training labels only. By default every seed redraws everything. A lane has diverged when a "
            + "weight or the training loss is not finite, or the loss exceeds a million times its first value.",
            [
                .. data.Declared, .. networks, .. training,
                .. BranchingSettings.Declared, .. MaskSettings.Declared,
                .. streams.Seeds(), PrecisionSettings.Declared(),
            ],
            [.. streams.Declared(), BranchingSettings.Stream, MaskSettings.Stream.Declared],
            NetworkDeclaration.Declare(Metrics, Networks))
        {
            Constraints =
            [
                .. data.Constraints, BatchSettings.Constraint, RateSettings.Constraint,
                .. BranchingSettings.Constraints, .. MaskSettings.Constraints,
            ],
            LastStep = MaskSettings.LastStep,
            DatasetHash = static point => ClassificationData.Images(point)?.ContentHash,
            CheckMachine = static point => _ = ClassificationData.Images(point) is { } dataset ? DataStore.Require(dataset) : [],
            LanesPerTrial = static point => BranchingSettings.Of(point).Members,
            BytesPerLane = bytes,
            Engine = _ => engine,
            OperationsPerStep = point => Operations(point, BatchSettings.ExamplesOfStep(point)),
            DefaultMetrics = ["loss", "accuracy"],
        };

        NetworkDeclaration Networks(Point point) => new(layoutOf(point), Splits: 2) { Branching = BranchingSettings.Of(point) };

        double Operations(Point point, long examples) => operations?.Invoke(point, examples) ?? Networks(point).OperationsPerStep(examples);
    }

    /// <summary>The program of a pack whose networks are these.</summary>
    public Program Build(PackContext pack, IModel model)
    {
        var initial = TrainingSettings.Initial(pack, model.Layout, BranchingSettings.TrunkSeeds(pack, "init"));
        var objective = new CrossEntropy();
        var rule = TrainingSettings.Rule(pack, model.Layout, objective, BranchingSettings.TrunkSeeds(pack, BatchSettings.Order.Name));
        return new Program(model, initial, rule, objective, data.Splits(pack), BranchingSettings.Phases(pack))
        {
            Branching = BranchingSettings.Of(pack.Statics),
        };
    }
}
