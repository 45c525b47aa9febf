using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

public sealed class ModalReductionTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.1)]
    public void Two_layers_that_turn_and_turn_back_have_a_closed_form(double t)
    {
        // M_2 M_1 = diag(2, 1) with M_2 = ((1, 0), (t, 1)). Of the first mode K = ((5 + 4 t^2, -2 t), (t, 0)), of the second
        // ((0, t), (-2 t, 2 + t^2)).
        var error = Of([2, 0, -2 * t, 1], [1, 0, t, 1]);
        Assert.Equal(Math.Sqrt(5) * Math.Abs(t) / (5 + 4 * t * t), error[0], 1e-10);
        Assert.Equal(Math.Sqrt(5) * Math.Abs(t) / (2 + t * t), error[1], 1e-10);
    }

    [Fact]
    public void Layers_that_stretch_the_same_directions_leave_nothing_out()
    {
        var (sine, cosine) = Math.SinCos(0.7);
        var turn = tensor([cosine, -sine, sine, cosine]).view(1, 2, 2);
        var (first, second) = (turn.bmm(Diagonal(3, 0.5)), Diagonal(2, 0.1).bmm(turn.mT));
        Assert.All(ModalReduction.Of([first, second], 2).Numbers(), error => Assert.Equal(0, error, 1e-7));
        Assert.All(ModalReduction.Of([first], 2).Numbers(), error => Assert.Equal(0, error, 1e-7));
    }

    private static double[] Of(double[] first, double[] second) =>
        ModalReduction.Of([tensor(first).view(1, 2, 2), tensor(second).view(1, 2, 2)], 2).Numbers();

    private static Tensor Diagonal(double first, double second) => tensor([first, 0, 0, second]).view(1, 2, 2);
}
