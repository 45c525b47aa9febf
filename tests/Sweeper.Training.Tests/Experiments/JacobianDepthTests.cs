using Sweeper.Core.Packing;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Linear networks with fixed gates.</summary>
public sealed class JacobianDepthTests : TensorTest
{
    private const string Network = "width: 8, depth: 4, min_active: 3, modes: 2, dtype: float64";
    private const string Small = $"{Network}, teacher_rank: 2";

    /// <summary>D_l W_l D_(l-1): whole rows and columns are zero, and nothing else is; the last matrix has gates only before it.</summary>
    [Theory]
    [InlineData("jacobian", 3)]
    [InlineData("gated", 4)]
    public void Closed_gates_are_rows_and_columns_of_zeros(string product, int gatedLayers)
    {
        var weights = Matrices(Build($"{Small}, product: {product}, sigma: 1.5"));
        for (var lane = 0; lane < 3; lane++)
        {
            var open = Enumerable.Range(0, 4).Select(layer => Sums(weights[layer][lane], 1)).ToArray();
            for (var layer = 0; layer < 4; layer++)
            {
                var gates = open[layer].Count(gate => gate);
                Assert.True(layer < gatedLayers ? gates >= 3 : gates == 8);
                var before = layer == 0 ? 8 : open[layer - 1].Count(gate => gate);
                Assert.Equal(gates * before, weights[layer][lane].ne(0).sum().item<long>());
                if (layer > 0)
                {
                    Assert.Equal(open[layer - 1], Sums(weights[layer][lane], 0));
                }
            }
        }

        static bool[] Sums(Tensor matrix, int axis) => [.. matrix.abs().sum(axis).Numbers().Select(sum => sum > 0)];
    }

    [Fact]
    public void Rotated_layers_turn_pairs_of_axes_by_the_same_angle()
    {
        var angle = Math.PI / 6;
        var weights = Matrices(Build(
            $"width: 3, depth: 2, modes: 2, active_share: 1, init: rotated, rotation: {angle:R}, init_spectrum: [16, 9, 4], "
            + "teacher_rank: 1, dtype: float64"));
        // R diag(4, 3, 2): sine 1/2, and the third axis has no partner.
        var half = Math.Sqrt(3) / 2;
        Assert.All(weights, matrix => Assert.All(
            ((double[])[4 * half, -1.5, 0, 2, 3 * half, 0, 0, 0, 2]).Zip(matrix[0].Numbers()),
            one => Assert.Equal(one.First, one.Second, 1e-12)));
    }

    [Fact]
    public void A_larger_share_opens_the_same_gates_and_more()
    {
        for (var layer = 1; layer < 5; layer++)
        {
            var (few, many) = (Gates.Draw(7, layer, 40, 0.3, 0), Gates.Draw(7, layer, 40, 0.6, 0));
            Assert.All(few.Zip(many), pair => Assert.True(!pair.First || pair.Second));
            Assert.True(many.Count(gate => gate) > few.Count(gate => gate));
        }
    }

    /// <summary>1 - (1 - p)^n, p^n and the sum over all outcomes of three gates.</summary>
    [Fact]
    public void Enough_gates_are_as_probable_as_a_binomial_number_is_large()
    {
        Assert.Equal(1 - Math.Pow(0.9, 20), Gates.ProbabilityOfEnough(20, 0.1, 1), 1e-14);
        Assert.Equal(Math.Pow(0.7, 20), Gates.ProbabilityOfEnough(20, 0.7, 20), 1e-14);
        Assert.Equal(3 * 0.4 * 0.4 * 0.6 + 0.4 * 0.4 * 0.4, Gates.ProbabilityOfEnough(3, 0.4, 2), 1e-14);
        Assert.Equal(1, Gates.ProbabilityOfEnough(5, 1, 5));
        Assert.Equal(0, Gates.ProbabilityOfEnough(5, 0, 1));
        Assert.Equal(1, Gates.ProbabilityOfEnough(5, 0, 0));
    }

    [Theory]
    [InlineData("gd")]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("adamw, weight_decay: 0.1")]
    public void Weights_behind_closed_gates_stay_exactly_zero(string optimizer)
    {
        var work = Work($"{Small}, optimizer: {optimizer}, learning_rate: 0.01, steps: 25", "keep: { weights: snapshots }");
        var measured = TestPacks.Run(work);
        var first = Matrices(Build(work));
        for (var layer = 0; layer < 4; layer++)
        {
            var last = measured.Weights.Single(block => block.Step == 25 && block.Parameter == $"W{layer + 1}").Numbers();
            Assert.Equal(0, first[layer].eq(0).ne(last.eq(0)).sum().item<long>());
            Assert.True((first[layer] - last).abs().max().Number() > 1e-4);
        }
    }

    /// <summary>
    /// Half the sum of squares over unit vectors is half the squared distance from the teacher, whose norm is the root of its rank.
    /// </summary>
    [Fact]
    public void The_loss_is_the_distance_of_the_Jacobian_from_the_teacher()
    {
        var program = Build(Small);
        var target = program.Splits[0].Targets.mT.narrow(0, 0, 3);
        Assert.Equal([2, 2, 2], target.square().sum([1L, 2L]).Numbers(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.True(linalg.svdvals(target).narrow(1, 2, 6).max().Number() < 1e-12);
        var product = Matrices(program).Aggregate((after, next) => next.bmm(after));
        var rule = program.Rule!;
        var loss = rule.Objective.Loss(
            program.Model.Apply(program.Initial, program.Splits[0].Inputs, NetworkMode.Evaluate), program.Splits[0].Targets);
        Assert.Equal(
            ((product - target).square().sum([1L, 2L]) / 2).Numbers(), loss.narrow(0, 0, 3).Numbers(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>What has no task is not trained: its weights are those with which a task would begin.</summary>
    [Fact]
    public void Without_a_task_there_are_weights_and_nothing_else()
    {
        var (bare, trained) = (Build($"{Network}, task: none, steps: 0"), Build(Small));
        Assert.Empty(bare.Splits);
        Assert.Null(bare.Rule);
        Assert.Equal(0, bare.Initial.Flat.ne(trained.Initial.Flat).sum().item<long>());
    }

    [Theory]
    [InlineData("balanced", "")]
    [InlineData("balanced", "active_share: 1, ")]
    [InlineData("training-aligned", "")]
    public void Balanced_neighbours_have_equal_squares_and_the_product_its_spectrum(string init, string gates)
    {
        var program = Build($"{Network}, {gates}init: {init}, init_spectrum: [0.2, 0.7], teacher_spectrum: [3, 1]");
        var weights = Matrices(program);
        for (var layer = 0; layer < 3; layer++)
        {
            var difference = weights[layer + 1].mT.bmm(weights[layer + 1]) - weights[layer].bmm(weights[layer].mT);
            Assert.True(difference.abs().max().Number() < 1e-13);
        }

        var product = weights.Aggregate((after, next) => next.bmm(after));
        var target = program.Splits[0].Targets.mT.narrow(0, 0, 3);
        for (var lane = 0; lane < 3; lane++)
        {
            Assert.Equal([0.7, 0.2], linalg.svdvals(product[lane]).Numbers().Take(2), (a, b) => Math.Abs(a - b) < 1e-13);
            if (init == "training-aligned")
            {
                // <J, T> is the sum of products of singular values where their vectors are the same.
                Assert.Equal(0.7 * 3 + 0.2, product[lane].mul(target[lane]).sum().Number(), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("task: none", "without a task steps must be 0")]
    [InlineData("min_active: 60", "min_active must be open")]
    [InlineData("modes: 9, width: 8, teacher_rank: 2", "modes must be at most width")]
    [InlineData("outputs: 3", "need adapters")]
    [InlineData("task: classification", "classification needs adapters")]
    [InlineData("dataset: mnist", "dataset has an effect with `task: classification` only")]
    [InlineData("batch: 5", "batch is for classification")]
    [InlineData("teacher_rank: 65", "at most as many modes")]
    [InlineData("init: balanced, init_spectrum: [1, 2]", "init_spectrum must have")]
    public void What_cannot_be_trained_is_refused(string settings, string said) =>
        Assert.Contains(said, Assert.ThrowsAny<Exception>(() => Work(settings)).Message, StringComparison.Ordinal);

    private static PackWork Work(string settings, string more = "") => TestPacks.Work(
        $$"""
        experiment: jacobian-depth
        fixed: { {{settings}} }
        seeds: 3
        {{more}}
        measure: [ { at: end, metrics: [log_singular_values] } ]
        """);

    private static Program Build(string settings) => Build(Work(settings));

    private static Program Build(PackWork work) => TestPacks.Program(new JacobianDepth(), work);

    private static Tensor[] Matrices(Program program) =>
        [.. program.Chain!.Weights.Select(name => program.Initial[name].narrow(0, 0, 3))];
}
