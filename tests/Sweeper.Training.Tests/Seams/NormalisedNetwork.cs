using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Linear, batch norm, ReLU, linear.</summary>
internal sealed class NormalisedNetwork(int inputs, int hidden, int outputs) : IModel
{
    private static BatchNorm NormOf(int hidden) => new("", hidden);

    public ParameterLayout Layout { get; } = new(
    [
        new ParameterSpec("W0", [hidden, inputs], ParameterRole.Weight), new ParameterSpec("b0", [hidden], ParameterRole.Bias),
        .. NormOf(hidden).Trained,
        new ParameterSpec("W1", [outputs, hidden], ParameterRole.Weight) { Follows = ["W0"], IsHead = true },
        new ParameterSpec("b1", [outputs], ParameterRole.Bias),
        .. NormOf(hidden).Buffers,
    ]);

    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        long lanes = inputs.shape[0], examples = inputs.shape[1];
        var sums = inputs.bmm(parameters["W0"].mT) + parameters["b0"].unsqueeze(1);
        var normalised = NormOf(hidden).Apply(parameters, sums.transpose(0, 1).reshape(examples, -1), mode);
        var activations = normalised.view(examples, lanes, hidden).transpose(0, 1).relu();
        return activations.bmm(parameters["W1"].mT) + parameters["b1"].unsqueeze(1);
    }
}
