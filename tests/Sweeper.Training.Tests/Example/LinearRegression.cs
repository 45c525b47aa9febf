using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Example;

/// <summary>Linear regression by gradient descent from zero: how noise and weight decay change what is learned.</summary>
internal sealed class LinearRegression : IExperiment
{
    public ImmutableArray<IMetric> Metrics { get; } = [new Loss(), new WeightNorm(), new TargetDistance()];

    public ExperimentDeclaration Declaration { get; }

    public LinearRegression() => Declaration = new ExperimentDeclaration(
        "linear-regression", 1, "Linear regression by full-batch gradient descent from zero. Every seed draws its own data and target.",
        [
            Hyperparameter.Integer("inputs", Binding.Static, 8, "Input dimension.") with { Minimum = 1 },
            Hyperparameter.Integer("examples", Binding.Static, 32, "Training examples.") with { Minimum = 1 },
            Hyperparameter.Integer("steps", Binding.Static, 1000, "Optimizer steps.") with { Minimum = 0 },
            Hyperparameter.Real("noise", Binding.Batched, 0, "Standard deviation of Gaussian noise on the targets.") with { Minimum = 0 },
            Hyperparameter.Real("learning_rate", Binding.Batched, 0.01, "Learning rate.") with { Minimum = 0 },
            Hyperparameter.Real("weight_decay", Binding.Batched, 0, "Weight decay, added to the gradient.") with { Minimum = 0 },
            Hyperparameter.Integer("data_seed", Binding.Batched, -1, "Fixed seed of target, inputs and noise; -1 follows the trial's seed.") with { Minimum = -1 },
            Hyperparameter.Choice("dtype", "float64", ["float32", "float64"], "Floating-point type of the training."),
        ],
        [new StreamDeclaration("data", "data_seed", "The target's weights, the inputs and the noise.")],
        NetworkShape.Declare(Metrics, static point => new NetworkShape([(int)point.Integer("inputs"), 1], Splits: 1)))
    {
        DefaultMetrics = ["loss"],
    };

    public Program Build(PackContext pack)
    {
        long inputs = pack.Statics.Integer("inputs"), examples = pack.Statics.Integer("examples");
        var model = new Mlp([(int)inputs, 1], leak: 1);
        var seeds = pack.Seeds("data");

        // Draws are float64 tensors [K, ...]: K lanes, one network each, whose hyperparameters may differ.
        var target = new ParameterSet(model.Layout, pack.Draw(seeds, seed => Gaussian(RandomStreams.Teacher(seed, 0), inputs), model.Layout.Size));
        var x = pack.Draw(seeds, seed => Gaussian(RandomStreams.Data(seed, 0), examples * inputs), examples, inputs);
        var noise = pack.Draw(seeds, seed => Gaussian(RandomStreams.Noise(seed, 0), examples), examples, 1);
        var y = model.Apply(target, x) + noise * tensor(pack.Reals("noise"), device: pack.Device).view(-1, 1, 1);

        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        var optimizer = new Sgd(pack.Column("learning_rate"), pack.ColumnUnlessZero("weight_decay"));
        return new Program(
            model, new ParameterSet(model.Layout, zeros(pack.Lanes, inputs, pack.Type, pack.Device)), new TrainingRule(objective, optimizer), objective,
            [new Split("train", x.to(pack.Type), y.to(pack.Type))], [new Phase.Train(pack.Statics.Integer("steps"))])
        {
            Teacher = new Teacher(model, target),
        };
    }

    private static double[] Gaussian(CounterRandom stream, long count)
    {
        var values = new double[count];
        stream.FillGaussian(values);
        return values;
    }
}
