using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Targets of linear students: the clean ones of training inputs, and those that no teacher made.</summary>
public sealed class TrainingTargetTests : TensorTest
{
    [Fact]
    public void On_clean_training_targets_losses_are_measured_and_nothing_else()
    {
        // Both splits have as many orthonormal inputs as dimensions: the loss over the power is |M - W|^2 / |W|^2 on both.
        var point = TestPacks.Point(
            ("student", "linear"), ("teacher", "linear"), ("depth", 2), ("noise", 0.5), ("input_law", "orthonormal"), ("train_examples", 12),
            ("validation_examples", 12), ("learning_rate", 0.001), ("loss_scaling", "half_sum"), ("train_clean", true));
        var measured = TestPacks.Run(
            TestPacks.Pack([TestPacks.Trial(point)], 1, ["loss", "relative_loss", "target_power", "mode_loss", "mode_strength"], 0, 10));
        foreach (var step in (long[])[0, 10])
        {
            double On(string split) => Assert.Single(measured.Of("relative_loss", step, 0, split));
            Assert.Equal(On("validation"), On("train_clean"), 1e-12);
            Assert.NotEqual(On("train"), On("train_clean"), 1e-6);
            Assert.Equal(
                On("train_clean"), measured.Of("loss", step, 0, "train_clean")[0] / measured.Of("target_power", step, 0, "train_clean")[0], 1e-12);
        }

        Assert.Equal(
            ["loss", "relative_loss", "target_power"],
            measured.Blocks.Where(block => block.Series.Split == "train_clean").Select(block => block.Series.Metric).Distinct().Order());
    }

    [Fact]
    public void Without_being_asked_there_is_no_clean_split()
    {
        var measured = TestPacks.Run(TestPacks.Pack([TestPacks.Trial(TestPacks.Point())], 1, ["loss"], 0));
        Assert.Equal(["train", "validation"], measured.Blocks.Select(block => block.Series.Split).Order());
    }

    [Fact]
    public void Randomised_targets_have_the_power_of_structured_ones_and_none_of_their_modes()
    {
        // 100 inputs, 50 outputs, strengths 30, 20, 10, noise of variance 1/100: a Gaussian matrix of the same power has the standard
        // deviation 5.385 / 10 and singular values in [1.577, 9.193], the structured one 30.025, 20.037, 10.075 and the others in
        // [0.293, 1.707] (Lampinen and Ganguli 2019, section 3.5).
        var structured = SingularValues("structured");
        var randomised = SingularValues("randomised");
        Assert.Equal(30.025, structured[0], 0.4);
        Assert.Equal(20.037, structured[1], 0.4);
        Assert.Equal(10.075, structured[2], 0.4);
        Assert.All(structured.Skip(3), value => Assert.InRange(value, 0.293 - 0.15, 1.707 + 0.15));
        Assert.All(randomised, value => Assert.InRange(value, 1.577 - 0.5, 9.193 + 0.5));

        // 5000 numbers: their mean square is known to 2 %.
        var (power, expected) = (randomised.Sum(value => value * value), 50 * 5.385 * 5.385);
        Assert.InRange(power / expected, 0.9, 1.1);
    }

    private static double[] SingularValues(string targets)
    {
        var point = TestPacks.Point(
            ("student", "linear"), ("teacher", "linear"), ("depth", 2), ("inputs", 100), ("outputs", 50), ("teacher_spectrum", (double[])[30, 20, 10]),
            ("noise", 0.1), ("input_law", "orthonormal"), ("train_examples", 100), ("validation_examples", 100), ("targets", targets));
        Program program = TestPacks.Program(new TeacherStudent(), TestPacks.Pack([TestPacks.Trial(point)], 1, ["loss"], 0));
        return linalg.svdvals(program.Splits[0].Targets.mT.bmm(program.Splits[0].Inputs)).Numbers();
    }
}
