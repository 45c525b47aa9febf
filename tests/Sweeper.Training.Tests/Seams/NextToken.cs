using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Sequences of tokens; of every one the next is foretold by a table of scores that begins at zero.</summary>
internal sealed class NextToken : IExperiment
{
    public const int Tokens = 5, Sequences = 6, Length = 4;

    public ImmutableArray<Metric> Metrics { get; } = [LossMetrics.Loss, LossMetrics.Accuracy, .. WeightMetrics.All];

    public ExperimentDeclaration Declaration { get; }

    public NextToken() => Declaration = new ExperimentDeclaration(
        "next-token", 1, "The next token of a sequence.", [BatchSettings.Size(0), .. SeamSweep.Common],
        [SeamSweep.Stream("data"), SeamSweep.Stream("order")],
        NetworkDeclaration.Declare(Metrics, static _ => new(Table.Parameters, Splits: 1)));

    /// <summary>Sequences of a seed, one token longer than what is foretold.</summary>
    public static long[][] Draw(long seed)
    {
        var stream = RandomStreams.Data(seed, 0);
        var tokens = Enumerable.Range(0, Sequences * (Length + 1)).Select(_ => (long)stream.NextBelow(Tokens));
        return [.. tokens.Chunk(Length + 1)];
    }

    public Program Build(PackContext pack)
    {
        long[] tokens = [.. pack.Seeds("data").SelectMany(seed => Draw(seed).SelectMany(sequence => sequence))];
        var sequences = tensor(tokens, [pack.Lanes, Sequences, Length + 1]);
        var model = new Table();
        var rule = new TrainingRule(new CrossEntropy(), new Sgd(pack.Column("learning_rate"))) { Batches = BatchSettings.Build(pack) };
        return new Program(
            model, new ParameterSet(model.Layout, zeros([pack.Lanes, model.Layout.Size], pack.Type)), rule, rule.Objective,
            [new Split("train", sequences.narrow(2, 0, Length), sequences.narrow(2, 1, Length))],
            [new Phase.Train(pack.Statics.Integer("steps"))]);
    }

    private sealed class Table : IModel
    {
        public static ParameterLayout Parameters { get; } = new(
            [new ParameterSpec("E", [Tokens, Tokens], ParameterRole.Weight) { View = MatrixView.InputsFirst, IsHead = true }]);

        public ParameterLayout Layout => Parameters;

        /// <summary>Tokens [K, n, l] -> scores [K, n, l, tokens].</summary>
        public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) =>
            parameters["E"].gather(1, inputs.flatten(1).unsqueeze(2).expand(-1, -1, Tokens)).view([.. inputs.shape, Tokens]);
    }
}
