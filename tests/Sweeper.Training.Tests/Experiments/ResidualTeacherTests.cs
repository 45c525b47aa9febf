using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

public sealed class ResidualTeacherTests : TensorTest
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(4.0)]
    public void Nothing_linear_is_left_of_the_training_targets_and_they_keep_their_norm(double noise)
    {
        var (whole, rest) = (Build(("noise", noise)).Splits[0], Build(("noise", noise), ("residual_teacher", true)).Splits[0]);
        Assert.True(LinearFit.Matrix(LinearFit.Inverse(rest.Inputs), rest.Targets).abs().max().Number() < 1e-10);
        Assert.Equal(whole.Targets.square().sum().Number(), rest.Targets.square().sum().Number(), 1e-6);
    }

    /// <summary>
    /// A white Gaussian input through one leaky-ReLU layer: its linear part carries ((1 + leak) / 2)^2 / ((1 + leak^2) / 2) of the power.
    /// </summary>
    [Theory]
    [InlineData(0.1, 0.599)]
    [InlineData(0.5, 0.9)]
    public void The_scale_makes_up_for_the_power_of_the_linear_part(double leak, double linearShare)
    {
        (string, object)[] settings = [("leak", leak), ("train_examples", 4096)];
        Tensor whole = Build(settings).Splits[0].Targets, rest = Build([.. settings, ("residual_teacher", true)]).Splits[0].Targets;
        // y' = g (y - B x) and y - B x is orthogonal to B x: the ratio is 1 / g, and for large samples g^2 = 1 / (1 - share).
        var scale = 1 / Math.Sqrt(1 - linearShare);
        Assert.InRange((whole * rest).sum().Number() / rest.square().sum().Number() * scale, 0.97, 1.03);
    }

    [Fact]
    public void Its_Jacobians_are_those_of_the_residual_on_both_splits()
    {
        var program = Build(("residual_teacher", true), ("noise", 4.0));
        var teacher = program.Teacher!;
        foreach (var (split, hasNoise) in program.Splits.Zip([true, false]))
        {
            var outputs = teacher.Model.Jacobians(teacher.Parameters, split.Inputs).matmul(split.Inputs.unsqueeze(3)).squeeze(3);
            Assert.True((outputs - Outputs.Of(teacher.Model, teacher.Parameters, split.Inputs)).abs().max().Number() < 1e-10);
            Assert.Equal(hasNoise, (outputs - split.Targets).abs().max().Number() > 1);
        }
    }

    [Theory]
    [InlineData("teacher", "linear")]
    [InlineData("leak", 1.0)]
    [InlineData("train_examples", 12)]
    public void A_teacher_of_which_nothing_would_be_left_is_refused(string hyperparameter, object value) =>
        Assert.Contains("nothing", Assert.Throws<ArgumentException>(() => TestPacks.Point(("residual_teacher", true), (hyperparameter, value))).Message, StringComparison.Ordinal);

    private static Program Build(params (string, object)[] settings) =>
        TestPacks.Program(new TeacherStudent(), TestPacks.Pack([TestPacks.Trial(TestPacks.Point(settings))], 1, ["loss"], 0));
}
