using Sweeper.Core.Packing;
using Sweeper.Core.Randomness;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Two tasks of three outputs each, and the students of both, of the first and of the second.</summary>
public sealed class TaskTransferTests : TensorTest
{
    private const string Small = "inputs: 8, outputs: 3, width: 4, noise: 0";

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(-1)]
    public void Teachers_have_their_strengths_and_the_overlap(double overlap)
    {
        var maps = TargetsOf(Work($"{Small}, strength_a: 2, strength_b: 2, overlap: {overlap}"))[0].mT;
        var (mapA, mapB) = (maps.narrow(0, 0, 3), maps.narrow(0, 3, 3));
        Assert.Equal([2, 0, 0], linalg.svdvals(mapA).Numbers(), Near);
        Assert.Equal([2, 0, 0], linalg.svdvals(mapB).Numbers(), Near);
        // Right vectors, up to their signs: W_A W_B^T is s^2 q u_A u_B^T. Joint singular values are s sqrt(1 +- |q|).
        Assert.Equal(4 * Math.Abs(overlap), linalg.svdvals(mapA.matmul(mapB.mT)).Numbers()[0], 1e-12);
        Assert.Equal(
            [2 * Math.Sqrt(1 + Math.Abs(overlap)), 2 * Math.Sqrt(1 - Math.Abs(overlap))], linalg.svdvals(maps).Numbers().Take(2), Near);
    }

    [Fact]
    public void Pieces_pass_the_activation_one_by_one()
    {
        const string pieces = $"{Small}, pieces: [1, 0.5, 0.25], overlap: 0.3, init: gaussian";
        Tensor Of(double leak) => TargetsOf(Work($"{pieces}, leak: {leak}"));
        // A leaky activation is the mean of relu and identity with the weights 1 - leak and leak.
        Assert.True((Of(0.2) - 0.8 * Of(0) - 0.2 * Of(1)).abs().max().Number() < 1e-12);
        Assert.True(Of(0).min().Number() >= 0);
        var values = linalg.svdvals(Of(1)[0].mT.narrow(0, 0, 3)).Numbers();
        Assert.Equal([3, 1.5, 0.75], values, Near);
    }

    [Fact]
    public void A_student_of_one_task_is_the_one_that_would_have_no_other_head()
    {
        var work = Work($"{Small}, noise: 0.3, overlap: 0.5, init: gaussian, init_scale: 0.5, learning_rate: 0.02, steps: 30");
        var measured = TestPacks.Run(work);
        var program = Build(work);
        for (var task = 0; task < 2; task++)
        {
            // The same by hand: outputs of the task alone, gradient descent on half the sum of squares.
            var member = 1 + task;
            var targets = program.Splits[0].Targets[member].narrow(1, 3 * task, 3).mT;
            var (first, second) = (program.Initial["W1"][member].clone(), program.Initial["W2"][member].narrow(0, 3 * task, 3).clone());
            for (var step = 0; step < 30; step++)
            {
                var error = second.matmul(first) - targets;
                (first, second) = (first - 0.02 * second.mT.matmul(error), second - 0.02 * error.matmul(first.mT));
            }

            var product = second.matmul(first) - targets;
            var expected = (product.square().sum() / targets.square().sum()).Number();
            Assert.Equal(expected, measured.Of("head_relative_loss", 30, 0, "train", task == 0 ? "A" : "B", member)[0], 1e-12);
            Assert.Equal(expected, measured.Of("relative_loss", 30, 0, "train", member: member)[0], 1e-12);
            Assert.Equal(double.NaN, measured.Of("head_relative_loss", 30, 0, "train", task == 0 ? "B" : "A", member)[0]);
        }
    }

    [Fact]
    public void All_students_of_a_trial_share_its_data_and_its_initial_weights()
    {
        var program = Build(Work($"{Small}, noise: 0.3, init: gaussian"));
        var targets = program.Splits[0].Targets;
        Assert.True((targets[0] - targets[1] - targets[2]).abs().max().Number() == 0);
        Assert.Equal(program.Initial["W1"][0].Numbers(), program.Initial["W1"][1].Numbers());
        Assert.True((program.Initial["W2"][0] - program.Initial["W2"][1] - program.Initial["W2"][2]).abs().max().Number() == 0);
    }

    [Fact]
    public void A_truncated_normal_law_ends_at_two_standard_deviations()
    {
        var scale = Math.Sqrt(1.3 / 150);
        var values = InitialLaw.TruncatedNormal.Draw(RandomStreams.Init(1, 0), [200, 100]);
        Assert.Equal(20_000, values.Length);
        Assert.InRange(values.Max(Math.Abs), 1.9 * scale, 2 * scale);
        // The variance of a standard normal number that is cut off at 2 is 0.7737; of 20000 the standard error of the root is 0.4 %.
        Assert.Equal(Math.Sqrt(0.7737) * scale, Math.Sqrt(values.Average(value => value * value)), 0.02 * scale);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-7;

    private static Program Build(PackWork work) => TestPacks.Program(new TaskTransfer(), work);

    private static Tensor TargetsOf(PackWork work) => Build(work).Splits[0].Targets;

    private static PackWork Work(string settings) => TestPacks.Work(
        $$"""
        experiment: task-transfer
        fixed: { {{settings}}{{(settings.Contains("steps", StringComparison.Ordinal) ? "" : ", steps: 0")}}, dtype: float64 }
        measure: [ { at: end, metrics: [relative_loss, head_relative_loss] } ]
        """.Replace("noise: 0, noise:", "noise:", StringComparison.Ordinal));
}
