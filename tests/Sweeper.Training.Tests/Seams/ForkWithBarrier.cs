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

namespace Sweeper.Training.Tests.Seams;

/// <summary>
/// A trunk of three members that part at a step: 0 and 1 see their own orders of the data, 2 goes with 0 but is perturbed.
/// Measured along the straight lines 0-1 and 0-2.
/// </summary>
internal sealed class ForkWithBarrier : IExperiment
{
    private const int Inputs = 4, Width = 6, Outputs = 2, Examples = 12, Members = 3;

    public ImmutableArray<IMetric> Metrics { get; } = [new Loss(), new PathLoss(), new Barrier()];

    public ExperimentDeclaration Declaration { get; }

    public ForkWithBarrier() => Declaration = new ExperimentDeclaration(
        "fork-with-barrier", 1, "Networks that share a trunk, and the loss between their ends.",
        [
            Hyperparameter.Integer("split", Binding.Static, 1, "Step at which members part; -1 for never."),
            Hyperparameter.Flag("own_order", true, "Whether members see the data in orders of their own."),
            Hyperparameter.Real("eta", Binding.Batched, 0, "Size of member 2's perturbation."), .. SeamSweep.Common,
        ],
        [SeamSweep.Stream("init"), SeamSweep.Stream("data"), SeamSweep.Stream("order"), SeamSweep.Stream("perturbation")],
        NetworkShape.Declare(Metrics, static _ => new NetworkShape([Inputs, Width, Outputs], Splits: 1) { Members = Members }))
    {
        LanesPerTrial = static _ => Members,
    };

    public Program Build(PackContext pack)
    {
        var model = new Mlp([Inputs, Width, Outputs], leak: 0, hasBias: true);
        var inputs = pack.Draw(pack.Seeds("data"), seed => SeamSweep.Gaussian(RandomStreams.Data(seed, 0), Examples * Inputs), Examples, Inputs);
        var initial = pack.Draw(pack.Seeds("init"), model.Initialise, model.Layout.Size);
        var objective = new SquaredError(ErrorScaling.MeanAll);
        var optimizer = new Sgd(pack.Column("learning_rate"), decay: null, momentum: pack.Column("learning_rate"));
        return new Program(
            model, new ParameterSet(model.Layout, initial),
            new TrainingRule(objective, optimizer) { Batches = new Batches(4, pack.Seeds("order"), new int[pack.Lanes]) },
            objective, [new Split("train", inputs, inputs.narrow(2, 0, Outputs).square())], Phases(pack));
    }

    private static ImmutableArray<Phase> Phases(PackContext pack)
    {
        long split = pack.Statics.Integer("split"), steps = pack.Statics.Integer("steps");
        if (split < 0)
        {
            return [new Phase.Train(steps)];
        }

        var orders = pack.Statics.Flag("own_order") ? new Batches(4, pack.Seeds("order"), Array.ConvertAll(pack.Members, member => member == 1 ? 2 : 1)) : null;
        double[] eta = [.. pack.Reals("eta").Zip(pack.Members, (size, member) => member == 2 ? size : 0)];
        return
        [
            new Phase.Train(split), new Phase.Fork([0, 0, 0], orders), new Phase.Edit(new Perturb(eta, pack.Seeds("perturbation"), KeepsNorm: false)),
            new Phase.Train(steps),
        ];
    }

    private sealed class PathLoss : IMetric
    {
        public string Name => "path_loss";

        public int Version => 1;

        public string Doc => "Loss at eleven points of the line between two members.";

        public string Shape => "one a pair of members and point";

        public bool IsPerMember => false;

        public long Rows(NetworkShape shape) => 2 * PathLosses.Points;

        public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
            [new MetricValues("train", "0-1", snapshot.Get(new PathLosses("train", 0, 1))), new MetricValues("train", "0-2", snapshot.Get(new PathLosses("train", 0, 2)))];
    }

    private sealed class Barrier : IMetric
    {
        public string Name => "barrier";

        public int Version => 1;

        public string Doc => "Rise of the loss above the line between its ends.";

        public string Shape => "one a pair of members";

        public bool IsPerMember => false;

        public long Rows(NetworkShape shape) => 1;

        public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
            [new MetricValues("train", "0-1", PathLosses.Barrier(snapshot.Get(new PathLosses("train", 0, 1)), isInterior: false))];
    }
}
