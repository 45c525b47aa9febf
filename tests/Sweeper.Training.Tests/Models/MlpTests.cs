using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

public sealed class MlpTests : TensorTest
{
    [Theory]
    [InlineData(0.1, false, false)]
    [InlineData(0.1, true, false)]
    [InlineData(0, false, true)]
    [InlineData(1, false, true)]
    public void The_written_gradient_is_that_of_autograd(double leak, bool hasOutputActivation, bool hasBias)
    {
        var model = new Mlp([5, 7, 6, 4], leak, hasOutputActivation, hasBias);
        var parameters = new ParameterSet(model.Layout, Gaussian(0, 3, model.Layout.Size));
        var batch = new Split("train", Gaussian(1, 3, 9, 5), Gaussian(2, 3, 9, 4));
        var objective = new SquaredError(ErrorScaling.MeanAll);
        var written = model.Gradient(parameters, batch, objective);
        var differentiated = Autograd.Gradient(model, parameters, batch, objective);
        Assert.True((written - differentiated).abs().max().Number() < 1e-13 * differentiated.abs().max().Number());
    }

    [Fact]
    public void A_network_without_biases_is_its_jacobian_times_the_input()
    {
        var model = new Mlp([5, 7, 6, 4], 0.1, hasOutputActivation: true);
        var parameters = new ParameterSet(model.Layout, Gaussian(0, 3, model.Layout.Size));
        var inputs = Gaussian(1, 3, 9, 5);
        var mapped = model.Jacobians(parameters, inputs).matmul(inputs.unsqueeze(3)).squeeze(3);
        Assert.True((mapped - model.Apply(parameters, inputs, NetworkMode.Evaluate)).abs().max().Number() < 1e-12);
    }

    [Fact]
    public void A_linear_network_has_one_jacobian_for_all_examples()
    {
        var model = new Mlp([5, 7, 4], leak: 1);
        var parameters = new ParameterSet(model.Layout, Gaussian(0, 3, model.Layout.Size));
        var jacobians = model.Jacobians(parameters, Gaussian(1, 3, 9, 5));
        Assert.Equal([3, 1, 4, 5], jacobians.shape);
        Assert.True((jacobians.squeeze(1) - parameters[1].bmm(parameters[0])).abs().max().Number() < 1e-13);
    }

    private static Tensor Gaussian(long seed, params long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (product, length) => product * length)];
        RandomStreams.Data(seed, 0).FillGaussian(values);
        return tensor(values, shape);
    }
}
