using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Where deep linear networks under the logistic loss turn; see the declaration.</summary>
internal sealed class Directional() : DeclaredExperiment(DirectionalDeclaration.Declared, DirectionalDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var width = (int)point.Integer("inputs");
        var model = new Mlp(DirectionalDeclaration.Widths(point), leak: 1, law: InitialLaw.Gaussian);
        var units = eye(width, dtype: ScalarType.Float64, device: pack.Device);
        // v, the last unit vector, [1, 1, d].
        var wanted = units.narrow(0, width - 1, 1).unsqueeze(0);
        var teacher = new Mlp([width, 1], leak: 1);
        var learnsExamples = point.Choice("gradient") == DirectionalDeclaration.Sample;
        IObjective objective = learnsExamples ? new LogisticLoss() : new PopulationLogistic(Law(point), pack.Device);
        var inputs = learnsExamples ? Examples(pack) : units.unsqueeze(0).expand(pack.Lanes, -1, -1);
        var targets = learnsExamples ? inputs.narrow(2, width - 1, 1).sign() : wanted.mT.expand(pack.Lanes, -1, -1);
        return new Program(
            model, new ParameterSet(model.Layout, Initial(pack, model).to(pack.Type)),
            new TrainingRule(objective, new Sgd(pack.Column("learning_rate"))) { Batches = BatchSettings.Build(pack) },
            objective, [new Split("train", pack.InType(inputs), pack.InType(targets))], [new Phase.Train(point.Integer("steps"))])
        {
            Teacher = new Teacher(teacher, new ParameterSet(teacher.Layout, wanted.flatten(1).expand(pack.Lanes, -1).contiguous())),
        };
    }

    private static HalfPlaneLaw Law(Point point) =>
        point.Choice("input_law") == "sphere" ? HalfPlaneLaw.Sphere((int)point.Integer("inputs")) : HalfPlaneLaw.Gaussian();

    /// <summary>[K, n, d].</summary>
    private static Tensor Examples(PackContext pack)
    {
        var (count, width) = (pack.Statics.Integer("train_examples"), pack.Statics.Integer("inputs"));
        var isSphere = pack.Statics.Choice("input_law") == "sphere";
        return pack.Draw(pack.Seeds("data"), seed =>
        {
            var drawn = RandomStreams.Data(seed, 0).NextGaussian((int)(count * width));
            for (var first = 0; isSphere && first < drawn.Length; first += (int)width)
            {
                var example = drawn.AsSpan(first, (int)width);
                var length = 0.0;
                foreach (var entry in example)
                {
                    length += entry * entry;
                }

                length = Math.Sqrt(length);
                foreach (ref var entry in example)
                {
                    entry /= length;
                }
            }

            return drawn;
        }, count, width);
    }

    private static Tensor Initial(PackContext pack, Mlp model)
    {
        if (pack.Statics.Choice("init") != DirectionalDeclaration.Balanced)
        {
            return pack.DrawInitial(model.Layout) * pack.ExactColumn("init_scale");
        }

        var (width, depth) = ((int)pack.Statics.Integer("inputs"), (int)pack.Statics.Integer("depth"));
        var keys = pack.PerLane(trial => (
            Norm: trial.Point.Real("initial_norm"), Cosine: trial.Point.Real("initial_cosine"), Imbalance: trial.Point.Real("imbalance")));
        return pack.Draw(keys, key =>
        {
            var direction = new double[width];
            (direction[0], direction[^1]) = (Math.Sqrt((1 - key.Cosine) * (1 + key.Cosine)), key.Cosine);
            double[] strengths = [.. Enumerable.Repeat(Math.Pow(key.Norm, 1.0 / depth), depth)];
            strengths[0] *= key.Imbalance;
            strengths[^1] /= key.Imbalance;
            return BalancedRankOne.Of(DirectionalDeclaration.Widths(pack.Statics), direction, strengths);
        }, model.Layout.Size).clone();
    }
}
