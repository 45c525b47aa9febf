using Sweeper.Training.Quantities;
using Sweeper.Training.Running;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Running;

/// <summary>Metrics that compare with the end of training: their blocks wait for it.</summary>
public sealed class LookingBackTests
{
    [Fact]
    public void Agreement_with_the_end_is_that_of_the_weights_that_were_kept()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var measured = Run([0, 1], 0.01, weightsAt: [50, 100], "final_agreement", "final_agreement_diagonal");
        var kept = measured.Weights.Where(block => block.Parameter == "W2").ToDictionary(block => block.Step);
        foreach (var trial in new[] { 0, 1 })
        {
            Modes ModesAt(long step) => BatchedSvd.Full(kept[step].Numbers()[trial].to(ScalarType.Float64));
            var (now, end) = (ModesAt(50), ModesAt(100));
            var expected = Enumerable.Range(0, 12).Select(mode => Math.Abs(Dot(now.U, end.U, mode) * Dot(now.V, end.V, mode))).ToArray();
            var diagonal = measured.Of("final_agreement_diagonal", 50, trial, "", "W2");
            Assert.All(expected.Zip(diagonal), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal(expected.Take(10).Average(), measured.Of("final_agreement", 50, trial, "", "W2")[0], 1e-9);
            Assert.Equal(1, measured.Of("final_agreement", 100, trial, "", "W2")[0], 1e-9);
        }

        static double Dot(Tensor a, Tensor b, int mode) => (a.narrow(1, mode, 1) * b.narrow(1, mode, 1)).sum().Number();
    }

    [Fact]
    public void Blocks_leave_in_ascending_steps_and_other_metrics_keep_their_values()
    {
        var plain = Run([0, 1], 0.01, [], "loss", "weight_norm");
        var waiting = Run([0, 1], 0.01, [], "loss", "weight_norm", "final_agreement");
        Assert.Equal(waiting.Blocks.Select(block => block.Step).Order(), waiting.Blocks.Select(block => block.Step));
        Assert.All(plain.Blocks, block => Assert.Contains(
            waiting.Blocks,
            other => other.Step == block.Step && other.Series == block.Series && other.Values.Span.SequenceEqual(block.Values.Span)));
        Assert.Equal(
            [0L, 50, 100], waiting.Blocks.Where(block => block.Series.Metric == "final_agreement").Select(block => block.Step).Distinct());
    }

    [Fact]
    public void The_end_is_the_last_step_of_training_whatever_is_measured()
    {
        var point = TestPacks.Point();
        var early = TestPacks.Run(TestPacks.Pack([TestPacks.Trial(point)], 1, ["final_agreement"], 0, 50));
        Assert.NotEqual(1, early.Of("final_agreement", 50, 0, "", "W1")[0], 1e-6);
        var reference = TestPacks.Run(TestPacks.Pack([TestPacks.Trial(point)], 1, ["final_agreement"], 0, 50, 100));
        Assert.Equal(reference.Of("final_agreement", 50, 0, "", "W1"), early.Of("final_agreement", 50, 0, "", "W1"));
        Assert.DoesNotContain(early.Blocks, block => block.Step > 50);
    }

    [Fact]
    public void A_trial_that_diverges_has_no_agreement_with_the_end_and_the_others_do()
    {
        var trials = new[] { (0.001, 0), (1e9, 1) }
            .Select(trial => TestPacks.Trial(TestPacks.Point(("learning_rate", trial.Item1)), trial.Item2));
        var measured = new Measured();
        var outcome = new PackRunner().Run(
            TestPacks.Pack([.. trials], 4, ["loss", "final_agreement"], 0, 50, 100), measured, TestContext.Current.CancellationToken);
        Assert.Equal((1, 50L), (Assert.Single(outcome.Diverged).Trial, outcome.Diverged[0].Step));
        Assert.True(double.IsNaN(measured.Of("final_agreement", 0, 1, "", "W1")[0]));
        Assert.True(double.IsFinite(measured.Of("loss", 0, 1)[0]));
        Assert.InRange(measured.Of("final_agreement", 0, 0, "", "W1")[0], 0.01, 1);
        Assert.All(measured.Blocks.Where(block => block.Step > 0), block => Assert.Equal([0], block.Trials.ToArray()));
    }

    private static Measured Run(long[] seeds, double rate, long[] weightsAt, params string[] metrics)
    {
        var work = TestPacks.Pack(
            [.. seeds.Select(seed => TestPacks.Trial(
                TestPacks.Point(("learning_rate", rate), ("teacher_spectrum", new double[] { 3, 1 })), seed))],
            seeds.Length, metrics, 0, 50, 100);
        var measured = new Measured();
        Assert.Empty(new PackRunner().Run(
            work with { Schedule = work.Schedule with { WeightsAt = [.. weightsAt] } }, measured,
            TestContext.Current.CancellationToken).Diverged);
        return measured;
    }
}
