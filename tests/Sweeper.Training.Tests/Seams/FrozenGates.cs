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

namespace Sweeper.Training.Tests.Seams;

/// <summary>A gated linear network J = W3 D2 W2 D1 W1 whose gates are drawn once, 0 or 1, per lane, and never trained.</summary>
internal sealed class FrozenGates : IExperiment
{
    private const int Width = 6, Examples = 8, Depth = 3;

    public ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, ModeMetrics.Strength, OpenGates, Unheard];

    public ExperimentDeclaration Declaration { get; }

    public FrozenGates() => Declaration = new ExperimentDeclaration(
        "frozen-gates", 1, "Linear networks behind fixed gates.",
        [
            Hyperparameter.Real("open", Binding.Batched, 0.5, "Probability that a gate is open."),
            Hyperparameter.Real("weight_decay", Binding.Batched, 0, "Weight decay."), .. SeamSweep.Common,
        ],
        [SeamSweep.Stream("init"), SeamSweep.Stream("data")],
        NetworkDeclaration.Declare(
            Metrics, static _ => new NetworkDeclaration(Gated.Parameters, Splits: 1) { Inputs = Width, Outputs = Width }));

    public Program Build(PackContext pack)
    {
        var model = new Gated();
        var inputs = pack.Draw(
            pack.Seeds("data"), seed => SeamSweep.Gaussian(RandomStreams.Data(seed, 0), Examples * Width), Examples, Width);
        var initial = pack.Draw(
            [.. pack.Seeds("init").Zip(pack.Reals("open"))], key => Gated.Draw(key.First, key.Second), model.Layout.Size);
        var objective = new SquaredError(ErrorScaling.MeanAll);
        return new Program(
            model, new ParameterSet(model.Layout, initial),
            new TrainingRule(objective, new Sgd(pack.Column("learning_rate"), pack.ColumnUnlessZero("weight_decay"))), objective,
            [new Split("train", inputs, inputs)], [new Phase.Train(pack.Statics.Integer("steps"))]);
    }

    private sealed class Gated : IPiecewiseLinear
    {
        public static ParameterLayout Parameters { get; } = new(
        [
            .. Enumerable.Range(1, Depth).Select(layer => new ParameterSpec($"W{layer}", [Width, Width], ParameterRole.Weight)
            {
                Initial = InitialLaw.Gaussian, Stream = 2 * (layer - 1), IsHead = layer == Depth,
                Follows = layer == 1 ? [] : [$"W{layer - 1}"],
            }),
            .. Enumerable.Range(1, Depth - 1).Select(layer => new ParameterSpec($"D{layer}", [Width], ParameterRole.Frozen)),
        ]);

        public ParameterLayout Layout => Parameters;

        public static double[] Draw(long seed, double open) =>
        [
            .. Parameters.Initialise(seed).Take((int)Parameters.TrainedSize),
            .. Enumerable.Range(0, Depth - 1).SelectMany(layer => Gates(RandomStreams.Init(seed, 2 * layer + 1), open)),
        ];

        public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) => inputs.bmm(Product(parameters).mT);

        public Tensor Jacobians(ParameterSet parameters, Tensor inputs) => Product(parameters).unsqueeze(1);

        private static Tensor Product(ParameterSet parameters)
        {
            var product = parameters[0];
            for (var layer = 1; layer < Depth; layer++)
            {
                product = parameters[layer].bmm(product * parameters[Depth + layer - 1].unsqueeze(2));
            }

            return product;
        }

        private static IEnumerable<double> Gates(CounterRandom stream, double open)
        {
            for (var unit = 0; unit < Width; unit++)
            {
                yield return stream.NextUnit() < open ? 1 : 0;
            }
        }
    }

    /// <summary>Sum of each layer's gates: an integer as long as nothing trains or shrinks them.</summary>
    private static Metric OpenGates { get; } = new(
        "open_gates", 1, "Open gates of a layer.", [new Dimension("layer of gates", MetricColumn.Component, _ => Depth - 1)],
        snapshot => Enumerable.Range(Depth, Depth - 1).Select(index =>
            new MetricValues("", snapshot.Parameters.Layout.Parameters[index].Name, snapshot.Parameters[index].sum(1))));

    /// <summary>How far weights behind closed gates moved: those columns of W2 get no gradient.</summary>
    private static Metric Unheard { get; } = new(
        "unheard", 1, "Largest change since the beginning of a column of W2 whose gate is closed.", [], snapshot =>
        {
            var moved = (snapshot.Parameters[1] - snapshot.Program.Initial[1]).abs() * (1 - snapshot.Parameters[Depth].unsqueeze(1));
            return [new MetricValues("", "W2", moved.amax([1L, 2L]))];
        });
}
