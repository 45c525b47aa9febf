using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;
using Sweeper.Training.Running;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Running;

public sealed class KeptWeightsTests
{
    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void The_network_of_kept_weights_has_the_loss_that_was_measured_there(string type)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var trials = new[] { 0, 1, 2, 3 }
            .Select(seed => TestPacks.Trial(TestPacks.Point(("dtype", type), ("depth", 3), ("width", 7)), seed));
        var work = TestPacks.Pack([.. trials], 4, ["loss"], 0, 60);
        work = work with { Schedule = work.Schedule with { WeightsAt = [60, 100] } };
        var measured = TestPacks.Run(work);

        var program = TestPacks.Program(new TeacherStudent(), work);
        var kept = measured.Weights.ToLookup(block => block.Step);
        Assert.Equal([60L, 100L], kept.Select(step => step.Key));
        Assert.Equal(["W1", "W2", "W3"], kept[60].Select(block => block.Parameter));
        Assert.Equal([7, 12], kept[60].First().Shape.ToArray());
        var parameters = new ParameterSet(program.Model.Layout, cat([.. kept[60].Select(block => block.Numbers().view(4, -1))], 1));
        var data = program.Splits[0];
        var losses = program.Reported!.Loss(Outputs.Of(program.Model, parameters, data.Inputs), data.Targets).Numbers();
        // Other sums of the same squares: measured by lanes, and by torch here.
        var roundOff = type == "float32" ? 1e-6 : 1e-14;
        for (var trial = 0; trial < 4; trial++)
        {
            Assert.Equal(losses[trial], measured.Of("loss", 60, trial)[0], roundOff * losses[trial]);
        }
    }

    [Fact]
    public void Trials_that_diverged_keep_no_weights()
    {
        var work = TestPacks.Pack(
            [TestPacks.Trial(TestPacks.Point(), 0), TestPacks.Trial(TestPacks.Point(("learning_rate", 1e9)), 1)], 4, ["loss"], 0, 100);
        var measured = new Measured();
        new PackRunner().Run(
            work with { Schedule = work.Schedule with { WeightsAt = [100] } }, measured, TestContext.Current.CancellationToken);
        Assert.NotEmpty(measured.Weights);
        Assert.All(measured.Weights, block => Assert.Equal([0], block.Trials.ToArray()));
    }
}
