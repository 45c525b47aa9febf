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
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>One trunk, two heads: outputs fitted to numbers and scores fitted to classes, each with an objective of its own.</summary>
internal sealed class TwoHeads : IExperiment
{
    private const int Inputs = 5, Hidden = 7, Numbers = 3, Classes = 4, Examples = 10;

    public ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, HeadLoss, .. WeightMetrics.All];

    public ExperimentDeclaration Declaration { get; }

    public TwoHeads() => Declaration = new ExperimentDeclaration(
        "two-heads", 1, "A trunk with a regression head and a classification head.", [.. SeamSweep.Common],
        [SeamSweep.Stream("init"), SeamSweep.Stream("data")],
        NetworkDeclaration.Declare(Metrics, static _ => new NetworkDeclaration(Forked.Parameters, Splits: 1)));

    public Program Build(PackContext pack)
    {
        var model = new Forked();
        var inputs = pack.Draw(
            pack.Seeds("data"), seed => SeamSweep.Gaussian(RandomStreams.Data(seed, 0), Examples * Inputs), Examples, Inputs);
        var targets = pack.Draw(pack.Seeds("data"), Targets, Examples, Numbers + 1);
        var initial = pack.Draw(
            pack.Seeds("init"), seed => SeamSweep.Gaussian(RandomStreams.Init(seed, 0), (int)model.Layout.Size), model.Layout.Size);
        return new Program(
            model, new ParameterSet(model.Layout, initial), new TrainingRule(new Both(), new Sgd(pack.Column("learning_rate"))), new Both(),
            [new Split("train", inputs, targets)], [new Phase.Train(pack.Statics.Integer("steps"))]);

        static double[] Targets(long seed)
        {
            var stream = RandomStreams.Data(seed, 1);
            return [.. Enumerable.Range(0, Examples)
                .SelectMany(_ => (double[])[stream.NextUnit(), stream.NextUnit(), stream.NextUnit(), stream.NextBelow(Classes)])];
        }
    }

    private sealed class Forked : IModel
    {
        public static ParameterLayout Parameters { get; } = new(
        [
            new ParameterSpec("trunk", [Hidden, Inputs], ParameterRole.Weight),
            new ParameterSpec("numbers", [Numbers, Hidden], ParameterRole.Weight) { Follows = ["trunk"], IsHead = true },
            new ParameterSpec("classes", [Classes, Hidden], ParameterRole.Weight) { Follows = ["trunk"], IsHead = true },
        ]);

        public ParameterLayout Layout => Parameters;

        public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
        {
            var hidden = inputs.bmm(parameters[0].mT).tanh();
            return cat([hidden.bmm(parameters[1].mT), hidden.bmm(parameters[2].mT)], 2);
        }
    }

    /// <summary>The sum of the heads' objectives.</summary>
    private sealed class Both : IObjective
    {
        public Tensor Loss(Tensor outputs, Tensor targets) => OfNumbers(outputs, targets) + OfClasses(outputs, targets);

        public static Tensor OfNumbers(Tensor outputs, Tensor targets) =>
            new SquaredError(ErrorScaling.MeanAll).Loss(outputs.narrow(2, 0, Numbers), targets.narrow(2, 0, Numbers));

        public static Tensor OfClasses(Tensor outputs, Tensor targets) =>
            new CrossEntropy().Loss(outputs.narrow(2, Numbers, Classes), targets.select(2, Numbers).to(ScalarType.Int64));
    }

    private static Metric HeadLoss { get; } = new(
        "head_loss", 1, "Objective of each head.", [Dimension.Parts("head", "numbers", "classes")], snapshot =>
        {
            var (outputs, targets) = (snapshot.Get(new Outputs("train")), snapshot.Split("train").Targets);
            return [new MetricValues("train", "numbers", Both.OfNumbers(outputs, targets)),
                new MetricValues("train", "classes", Both.OfClasses(outputs, targets))];
        });
}
