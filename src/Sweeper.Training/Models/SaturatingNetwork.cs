using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>One hidden layer without biases: f(x) = W2 phi(W1 x), phi(h) = tanh(c h) / c.</summary>
/// <param name="widths">Inputs, hidden units, outputs.</param>
/// <param name="saturation">c: units are linear up to about 1 / c.</param>
/// <param name="law">Distribution of the initial weights.</param>
internal sealed class SaturatingNetwork(ImmutableArray<int> widths, double saturation, InitialLaw law) : IHiddenLayers
{
    private static readonly Scalar One = 1.0;
    private readonly Scalar slope = saturation, height = 1 / saturation, curvature = -saturation * saturation;

    /// <inheritdoc/>
    public ParameterLayout Layout { get; } = Mlp.LayoutOf(widths, law: law);

    /// <inheritdoc/>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) => Hidden(parameters, inputs).bmm(parameters[1].mT);

    /// <inheritdoc/>
    public IEnumerable<Tensor> HiddenLayers(ParameterSet parameters, Tensor inputs) => [Hidden(parameters, inputs)];

    /// <inheritdoc/>
    public Tensor Gradient(ParameterSet parameters, Split batch, IObjective objective)
    {
        var hidden = Hidden(parameters, batch.Inputs);
        var error = objective.OutputGradient(hidden.bmm(parameters[1].mT), batch.Targets);
        // phi' = 1 - (c phi)^2.
        var back = error.bmm(parameters[1]).mul_(hidden.square().mul_(curvature).add_(One));
        return cat([back.mT.bmm(batch.Inputs).flatten(1), error.mT.bmm(hidden).flatten(1)], 1);
    }

    private Tensor Hidden(ParameterSet parameters, Tensor inputs) => inputs.bmm(parameters[0].mT).mul_(slope).tanh().mul_(height);
}
