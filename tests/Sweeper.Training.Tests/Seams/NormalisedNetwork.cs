using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Linear, batch norm (epsilon 1e-5, momentum 0.1), ReLU, linear: the network of the vectors `barrier_batchnorm`.</summary>
internal sealed class NormalisedNetwork(int inputs, int hidden, int outputs) : IModel
{
    private const double Epsilon = 1e-5, Momentum = 0.1;

    public ParameterLayout Layout { get; } = new(
    [
        new ParameterSpec("W0", [hidden, inputs], ParameterRole.Weight), new ParameterSpec("b0", [hidden], ParameterRole.Bias),
        new ParameterSpec("g", [hidden], ParameterRole.Scale), new ParameterSpec("h", [hidden], ParameterRole.Bias),
        new ParameterSpec("W1", [outputs, hidden], ParameterRole.Weight) { Follows = ["W0"], IsHead = true },
        new ParameterSpec("b1", [outputs], ParameterRole.Bias),
        new ParameterSpec("rm", [hidden], ParameterRole.Buffer),
        new ParameterSpec("rv", [hidden], ParameterRole.Buffer) { Initial = InitialLaw.One },
    ]);

    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        var sums = inputs.bmm(parameters["W0"].mT) + parameters["b0"].unsqueeze(1);
        var (mean, variance) = (parameters["rm"], parameters["rv"]);
        if (mode != NetworkMode.Evaluate)
        {
            var examples = (double)sums.shape[1];
            mean = sums.mean([1L]);
            variance = (sums - mean.unsqueeze(1)).square().mean([1L]);
            var share = mode == NetworkMode.Train ? Momentum : 1;
            parameters["rm"].lerp_(mean.detach(), share);
            parameters["rv"].lerp_((variance * (examples / (examples - 1))).detach(), share);
        }

        var normalised = (sums - mean.unsqueeze(1)) / (variance.unsqueeze(1) + Epsilon).sqrt();
        var activations = (normalised * parameters["g"].unsqueeze(1) + parameters["h"].unsqueeze(1)).relu();
        return activations.bmm(parameters["W1"].mT) + parameters["b1"].unsqueeze(1);
    }
}
