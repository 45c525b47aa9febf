using Sweeper.Core.Randomness;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Networks learn noisy copies of one data set; see the declaration.</summary>
internal sealed class EnsembleAlignment() : DeclaredExperiment(EnsembleAlignmentDeclaration.Declared, EnsembleAlignmentDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Mlp(EnsembleAlignmentDeclaration.Widths(point), point.Real("leak"), law: InitialLaw.Normal);
        var splits = NoisyCopies.Splits(pack);
        var weights = EnsembleAlignmentDeclaration.IsMinNorm(point)
            ? AlignedWeights.OfSmallestFit(splits[0], point.Integer("width"))
            : Drawn(pack, model.Layout) * pack.ExactColumn("init_scale");
        IObjective objective = EnsembleAlignmentDeclaration.IsClassification(point)
            ? new CrossEntropy()
            : new SquaredError(ErrorScaling.MeanExampleSumOutput);
        return new Program(
            model, new ParameterSet(model.Layout, weights.to(pack.Type)), new TrainingRule(objective, OptimizerSettings.Build(pack, model.Layout)),
            objective, splits, [new Phase.Train(point.Integer("steps"))])
        {
            Lanes = pack.Map,
            Wanted = pack.Wanted,
            Branching = EnsembleAlignmentDeclaration.Members(point),
        };
    }

    /// <summary>[K, P]: every network of a trial has tensors of its own.</summary>
    private static Tensor Drawn(PackContext pack, ParameterLayout layout)
    {
        var tensors = 2 * layout.Weights.Length;
        return pack.Draw(
            [.. pack.Seeds("init").Zip(pack.Members)],
            network => layout.Initialise(network.First, (seed, tensor) => RandomStreams.Init(seed, tensor + (tensors * network.Second))), layout.Size);
    }
}
