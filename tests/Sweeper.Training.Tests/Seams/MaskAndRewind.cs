using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Train, keep, train on, mask by magnitude, rewind, train under the mask; the learning rate falls on the way.</summary>
internal sealed class MaskAndRewind : IExperiment
{
    private const int Inputs = 4, Width = 9, Outputs = 2, Examples = 12;

    public ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, SpectrumMetrics.WeightNorm, Survivors];

    public ExperimentDeclaration Declaration { get; }

    public MaskAndRewind() => Declaration = new ExperimentDeclaration(
        "mask-and-rewind", 1, "Networks trained again from an early state under the mask of their largest late weights.",
        [
            Hyperparameter.Real("keep", Binding.Batched, 0.25, "Fraction of weights that stay."),
            Hyperparameter.Integer("rewind", Binding.Static, 1, "Step gone back to."), .. SeamSweep.Common,
        ],
        [SeamSweep.Stream("init"), SeamSweep.Stream("data"), SeamSweep.Stream("order")],
        NetworkDeclaration.Declare(Metrics, static _ => new(Mlp.LayoutOf([Inputs, Width, Width, Outputs], hasBias: true), Splits: 1)))
    {
        Engine = static _ => EngineKind.Lanes,
        LastStep = static point => 2 * point.Integer("steps") - point.Integer("rewind"),
    };

    public Program Build(PackContext pack)
    {
        var model = new Mlp([Inputs, Width, Width, Outputs], leak: 0, hasBias: true, law: InitialLaw.TorchDefault);
        var inputs = pack.Draw(
            pack.Seeds("data"), seed => SeamSweep.Gaussian(RandomStreams.Data(seed, 0), Examples * Inputs), Examples, Inputs);
        var initial = pack.Draw(pack.Seeds("init"), model.Layout.Initialise, model.Layout.Size);
        long rewind = pack.Statics.Integer("rewind"), steps = pack.Statics.Integer("steps");
        var objective = new SquaredError(ErrorScaling.MeanAll);
        var optimizer = new Adam(pack.Column("learning_rate"), decay: pack.Column("learning_rate"), isDecoupled: true, 0.9, 0.999, 1e-8);
        var rule = new TrainingRule(objective, optimizer)
        {
            Batches = new Batches(5, pack.Seeds("order")),
            RateFactor = time => LearningRateSchedule.Multistep(time, [2], 0.5),
        };
        return new Program(
            model, new ParameterSet(model.Layout, initial), rule, objective,
            [new Split("train", inputs, inputs.narrow(2, 0, Outputs).square())],
            [
                new Phase.Train(rewind), new Phase.Keep("early"), new Phase.Train(steps),
                new Phase.Edit(new MagnitudeMask(pack.Reals("keep"))), new Phase.Rewind("early"), new Phase.Train(2 * steps - rewind),
            ]);
    }

    private static Metric Survivors { get; } = Metric.OfWeights(
        "survivors", 1, "Weights of a matrix that are not zero.", [],
        (snapshot, weight) => snapshot.Parameters.Matrices(weight).ne(0).sum([1L, 2L]));
}
