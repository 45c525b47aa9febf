using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>How sharp the minima of deep linear regression are; see the declaration of `sharpness`.</summary>
internal sealed class DeepRegression() : DeclaredExperiment(SharpnessDeclaration.Declared, SharpnessDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Mlp(SharpnessDeclaration.Widths(point), leak: 1, law: InitialLaw.Gaussian);
        var (inputs, targets, curvature) = Data(pack);
        var rate = pack.ExactColumn("learning_rate");
        if (point.Choice("rate_unit") == SharpnessDeclaration.Critical)
        {
            rate /= curvature.unsqueeze(1) * point.Integer("depth");
        }

        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        return new Program(
            model, new ParameterSet(model.Layout, Initial(pack, model).to(pack.Type)),
            new TrainingRule(objective, new Sgd(rate.to(pack.Type))), objective,
            [new Split("train", pack.InType(inputs), targets.to(pack.Type))], [new Phase.Train(point.Integer("steps"))]);
    }

    /// <summary>Inputs [K, n, d], targets [K, n, 1] whose least-squares solution has norm 1, and the curvature [K] along it.</summary>
    private static (Tensor Inputs, Tensor Targets, Tensor Curvature) Data(PackContext pack)
    {
        var (examples, width) = (pack.Statics.Integer("train_examples"), pack.Statics.Integer("inputs"));
        var inputs = pack.Gaussian("data", RandomStreams.Data, 0, examples, width);
        var wanted = inputs.bmm(pack.Gaussian("data", RandomStreams.Data, 1, width, 1))
            + pack.Gaussian("noise", RandomStreams.Noise, 0, examples, 1) * pack.ExactColumn("noise").unsqueeze(2);
        var regression = LinearRegression.Of(inputs, wanted);
        return (inputs, wanted / regression.Norm.view(-1, 1, 1), regression.Curvature);
    }

    private static Tensor Initial(PackContext pack, Mlp model)
    {
        var point = pack.Statics;
        int inputs = (int)point.Integer("inputs"), depth = (int)point.Integer("depth");
        var scale = pack.ExactColumn("init_scale");
        switch (point.Choice("init"))
        {
            case SharpnessDeclaration.Balanced:
                double[] equal = [.. Enumerable.Repeat(1.0, depth)];
                return scale * pack.Draw(pack.Seeds("init"), seed => BalancedRankOne.Of(SharpnessDeclaration.Widths(point), Direction(seed), equal), model.Layout.Size);
            case SharpnessDeclaration.Residual:
                var identity = eye(inputs, dtype: ScalarType.Float64, device: pack.Device).flatten();
                var still = cat([.. Enumerable.Repeat(identity, depth - 1), identity.narrow(0, 0, inputs)], 0);
                return still + Drawn() * scale / Math.Sqrt(depth);
            default:
                return Drawn() * scale * Math.Sqrt(inputs);
        }

        // Entries of variance 1 / inputs.
        Tensor Drawn() => pack.DrawInitial(model.Layout);

        double[] Direction(long seed) => HaarMatrix.Draw(RandomStreams.Init(seed, 0), 1, inputs);
    }
}
