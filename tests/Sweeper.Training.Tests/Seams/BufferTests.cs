using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>The laws of buffers, on batch norm: each lane's own, moved by training, recomputed for networks that were changed.</summary>
public sealed class BufferTests : TensorTest
{
    private const int Lanes = 3, Examples = 8;
    private readonly NormalisedNetwork model = new(inputs: 4, hidden: 6, outputs: 2);
    private readonly SquaredError objective = new(ErrorScaling.MeanAll);
    private readonly ParameterSet initial;
    private readonly Split data;

    public BufferTests()
    {
        initial = new ParameterSet(
            model.Layout,
            tensor([.. Enumerable.Range(0, Lanes).SelectMany(lane => model.Layout.Initialise(lane))], [Lanes, model.Layout.Size]));
        data = new Split("train", Gaussian(0, Lanes, Examples, 4), Gaussian(1, Lanes, Examples, 2));
    }

    /// <summary>One step: 0.9 of the beginning (0 and 1) and 0.1 of mean and unbiased variance of each unit and lane.</summary>
    [Fact]
    public void A_step_of_training_moves_the_buffers_of_every_lane_towards_its_batch()
    {
        using var _ = no_grad();
        var program = new Program(
            model, initial, new TrainingRule(objective, new Sgd(tensor([0.1]).view(1, 1))), objective, [data], [new Phase.Train(1)]);
        var state = TrainingState.Start(program);
        using var engine = new TorchEngine(program);
        engine.Advance(state, 1);
        double[] weights = initial["W0"].Numbers(), inputs = data.Inputs.Numbers();
        double[] means = state.Parameters["rm"].Numbers(), variances = state.Parameters["rv"].Numbers();
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var unit = 0; unit < 6; unit++)
            {
                double[] sums =
                [
                    .. Enumerable.Range(0, Examples).Select(example => Enumerable.Range(0, 4).Sum(input =>
                        weights[(((lane * 6) + unit) * 4) + input] * inputs[(((lane * Examples) + example) * 4) + input])),
                ];
                var mean = sums.Average();
                Assert.Equal(0.1 * mean, means[(lane * 6) + unit], 1e-14);
                var variance = sums.Sum(sum => (sum - mean) * (sum - mean)) / (Examples - 1);
                Assert.Equal(0.9 + (0.1 * variance), variances[(lane * 6) + unit], 1e-14);
            }
        }
    }

    /// <summary>By differences of the loss of a batch that is normalised by itself.</summary>
    [Fact]
    public void The_gradient_is_that_of_the_batch_and_has_no_part_for_buffers()
    {
        const double Step = 1e-6;
        using var _ = no_grad();
        var gradient = Autograd.Gradient(model, Copy(), data, objective);
        Assert.Equal([Lanes, model.Layout.TrainedSize], gradient.shape);
        for (var place = 0L; place < model.Layout.TrainedSize; place++)
        {
            var slope = (LossWith(place, Step) - LossWith(place, -Step)) / (2 * Step);
            Assert.True((slope - gradient.select(1, place)).abs().max().Number() < 1e-8);
        }

        Tensor LossWith(long place, double change)
        {
            var moved = Copy();
            moved.Flat.select(1, place).add_(change);
            return objective.Loss(model.Apply(moved, data.Inputs, NetworkMode.Train), data.Targets);
        }
    }

    /// <summary>Batches are as those of the training, in the order of the examples.</summary>
    [Fact]
    public void Truncated_networks_have_the_statistics_of_their_own_activations()
    {
        using var _ = no_grad();
        var rule = new TrainingRule(objective, new Sgd(tensor([0.1]).view(1, 1))) { Batches = new Batches(4, [0, 1, 2]) };
        var snapshot = new NetworkSnapshot(new Program(model, initial, rule, objective, [data], []), initial, new PackConstants(Scope));
        var truncated = snapshot.Get(HalfSpectrum.Both[0]);
        var sums = data.Inputs.bmm(truncated["W0"].mT);
        Assert.Equal(sums.mean([1L]).Numbers(), truncated["rm"].Numbers(), Near);
        var ofBatches = sums.split(4, 1).Select(batch => batch.var([1L], unbiased: true)).ToArray();
        Assert.Equal(((ofBatches[0] + ofBatches[1]) / 2).Numbers(), truncated["rv"].Numbers(), Near);
        Assert.Equal(new double[Lanes * 6], initial["rm"].Numbers());
    }

    /// <summary>They are recomputed where an edit changes the networks, taken over at a fork, and otherwise left to training.</summary>
    [Fact]
    public void Edits_recalibrate_and_branches_take_over_the_statistics_of_their_trunk()
    {
        const string Metrics = "stale, loss, half_spectrum_loss, layer_alignment, path_loss, barrier, branch_agreement";
        var moved = Run("perturbation: [0.5]");
        Assert.Equal(0, Stale(moved, 2, 0), 1e-15);
        Assert.Equal(0, Stale(moved, 2, 1), 1e-15);
        Assert.NotEqual(0, Stale(moved, 1, 0), 1e-3);
        Assert.NotEqual(0, Stale(moved, 3, 0), 1e-3);
        var same = Run("branch_order: [trunk]");
        for (var step = 0L; step <= 3; step++)
        {
            Assert.Equal(Stale(same, step, 0), Stale(same, step, 1));
            Assert.Equal(same.Of("loss", step, 0, member: 0), same.Of("loss", step, 0, member: 1));
        }

        Assert.Equal(0, same.Of("barrier", 3, 0, "train", "same trunk")[0], 1e-14);

        static Measured Run(string axis) => SeamSweep.Run(
            new NormalisedRegression(), SeamSweep.Of("normalised-regression", $"branches: [2], split_step: [2], {axis}", Metrics));

        static double Stale(Measured measured, long step, int member) => measured.Of("stale", step, 0, "", member: member)[0];
    }

    /// <summary>
    /// At step 3 the networks of step 1 are back, with half of the first matrix at zero: statistics kept at step 1 would be those of whole
    /// ones.
    /// </summary>
    [Fact]
    public void Networks_that_are_rewound_under_a_mask_have_statistics_of_their_own()
    {
        var measured = SeamSweep.Run(
            new NormalisedRegression(), SeamSweep.Of("normalised-regression", "steps: [4], rewind: [1]", "stale, weight_norm"));
        for (var trial = 0; trial < 2; trial++)
        {
            Assert.True(Norm(3, trial, "W0") < Norm(1, trial, "W0"));
            Assert.Equal(Norm(1, trial, "W1"), Norm(3, trial, "W1"));
            Assert.Equal(0, measured.Of("stale", 3, trial, "")[0], 1e-15);
            Assert.NotEqual(0, measured.Of("stale", 1, trial, "")[0], 1e-3);
            Assert.NotEqual(0, measured.Of("stale", 4, trial, "")[0], 1e-3);
        }

        double Norm(long step, int trial, string matrix) => measured.Of("weight_norm", step, trial, "", matrix)[0];
    }

    private ParameterSet Copy() => new(model.Layout, initial.Flat.clone());

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;

    private static Tensor Gaussian(int part, params long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (product, length) => product * length)];
        RandomStreams.Data(5, part).FillGaussian(values);
        return tensor(values, shape);
    }
}
