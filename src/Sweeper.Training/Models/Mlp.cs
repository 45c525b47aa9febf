using System.Collections.Immutable;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Networks;
using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Multilayer perceptron f(x) = W_L phi(W_(L-1) ... phi(W_1 x)), phi(z) = z above 0 and leak * z elsewhere; optionally with
/// biases, and with phi after the last layer. Leak 1 makes it a deep linear network.
/// </summary>
/// <remarks>
/// Layout [K, examples, units] throughout: of the layouts tried it has the fastest products for the weight gradients.
/// The slopes of phi are kept from the way forward, so the way back is two products and one multiplication a layer.
/// </remarks>
internal sealed class Mlp : IPiecewiseLinear, IHiddenLayers
{
    private static readonly Scalar One = 1.0;
    private readonly Scalar leak;
    private readonly bool isLinear, hasBias;
    private readonly ImmutableArray<int> widths;
    private readonly int depth;

    /// <param name="widths">Units from the inputs to the outputs; one more than there are weight matrices.</param>
    /// <param name="leak">Slope of phi for negative arguments.</param>
    /// <param name="hasOutputActivation">Whether phi follows the last matrix.</param>
    /// <param name="hasBias">Whether each layer adds a bias.</param>
    /// <param name="law">Distribution of the initial weights; <see cref="InitialLaw.Haar"/> where none is given.</param>
    public Mlp(ImmutableArray<int> widths, double leak, bool hasOutputActivation = false, bool hasBias = false, InitialLaw? law = null)
    {
        Shape = new MlpShape(widths, leak, hasBias, hasOutputActivation);
        this.leak = leak;
        this.hasBias = hasBias;
        isLinear = leak == 1;
        this.widths = widths;
        depth = widths.Length - 1;
        Layout = LayoutOf(widths, hasBias, law);
    }

    /// <summary>What it is made of, for engines that read it.</summary>
    public MlpShape Shape { get; }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <summary>
    /// The parameters W1, b1, W2, b2, ... of a network before there is one. Biases begin as PyTorch's whatever the law of the weights:
    /// uniform on +-1 / sqrt(inputs).
    /// </summary>
    /// <param name="widths">Units from the inputs to the outputs.</param>
    /// <param name="hasBias">Whether each layer adds a bias.</param>
    /// <param name="law">Distribution of the initial weights; <see cref="InitialLaw.Haar"/> where none is given.</param>
    public static ParameterLayout LayoutOf(ImmutableArray<int> widths, bool hasBias = false, InitialLaw? law = null)
    {
        return new ParameterLayout([.. Enumerable.Range(1, widths.Length - 1).SelectMany(Layer)]);

        IEnumerable<ParameterSpec> Layer(int layer)
        {
            yield return new ParameterSpec($"W{layer}", [widths[layer], widths[layer - 1]], ParameterRole.Weight)
            {
                Initial = law ?? InitialLaw.Haar, Stream = 2 * (layer - 1), IsHead = layer == widths.Length - 1,
                Follows = layer == 1 ? [] : [$"W{layer - 1}"],
            };
            if (hasBias)
            {
                yield return new ParameterSpec($"b{layer}", [widths[layer]], ParameterRole.Bias)
                {
                    Initial = InitialLaw.Uniform(1 / Math.Sqrt(widths[layer - 1])), Stream = (2 * layer) - 1,
                };
            }
        }
    }

    /// <inheritdoc/>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) => Activations(parameters, inputs).Last();

    /// <inheritdoc/>
    public IEnumerable<Tensor> HiddenLayers(ParameterSet parameters, Tensor inputs) => Activations(parameters, inputs).SkipLast(1);

    /// <inheritdoc/>
    public Tensor Gradient(ParameterSet parameters, Split batch, IObjective objective)
    {
        var (activations, slopes) = Forward(parameters, batch.Inputs);
        var error = objective.OutputGradient(activations[depth], batch.Targets);
        var gradients = new Tensor[Layout.Parameters.Length];
        for (var layer = depth - 1; layer >= 0; layer--)
        {
            if (slopes[layer] is { } slope)
            {
                error.mul_(slope);
            }

            gradients[Weight(layer)] = error.transpose(1, 2).bmm(activations[layer]).flatten(1);
            if (hasBias)
            {
                gradients[Weight(layer) + 1] = error.sum(1);
            }

            if (layer > 0)
            {
                error = error.bmm(parameters[Weight(layer)]);
            }
        }

        return cat(gradients, 1);
    }

    /// <summary>
    /// J(x) = W_L D_(L-1) ... D_1 W_1 with D the slopes of phi at x. Kept as [K, units, n, d] on the way, so that a layer
    /// is one product of [units, units] with [units, n * d] a lane.
    /// </summary>
    /// <remarks>On a processor in float64, the product of weights as they are: <see cref="LaneJacobians"/>.</remarks>
    public Tensor Jacobians(ParameterSet parameters, Tensor inputs)
    {
        if (inputs.device.type == DeviceType.CPU)
        {
            return LaneJacobians.Of(Layers(parameters), Shape.Leak, isLinear ? inputs.narrow(1, 0, 1) : inputs);
        }

        long lanes = inputs.shape[0], examples = isLinear ? 1 : inputs.shape[1], width = inputs.shape[2];
        var slopes = isLinear ? [] : Forward(parameters, inputs).Slopes;
        var jacobians = parameters[0].unsqueeze(2).expand(-1, -1, examples, -1);
        for (var layer = 0; layer < depth; layer++)
        {
            if (layer > 0)
            {
                var weights = parameters[Weight(layer)];
                jacobians = weights.bmm(jacobians.reshape(lanes, -1, examples * width)).view(lanes, weights.shape[1], examples, width);
            }

            if (!isLinear && slopes[layer] is { } slope)
            {
                jacobians = jacobians.mul(slope.transpose(1, 2).unsqueeze(3));
            }
        }

        return jacobians.transpose(1, 2);
    }

    /// <inheritdoc/>
    /// <remarks>One Jacobian for all examples is soon decomposed.</remarks>
    public VectorProducts? Modes(ParameterSet parameters, Tensor inputs, Tensor[] left, Tensor[] right) =>
        inputs.device.type == DeviceType.CPU && !isLinear && Math.Min(widths[0], widths[^1]) <= SmallSvd.LargestSide
            ? LaneJacobians.Modes(Layers(parameters), Shape.Leak, inputs, left, right)
            : null;

    /// <summary>What each layer makes of the inputs, the outputs last.</summary>
    private IEnumerable<Tensor> Activations(ParameterSet parameters, Tensor inputs)
    {
        var activations = inputs;
        for (var layer = 0; layer < depth; layer++)
        {
            activations = Affine(parameters, layer, activations);
            if (Shape.HasActivation(layer))
            {
                activations = activations.leaky_relu(leak);
            }

            yield return activations;
        }
    }

    /// <summary>Activations from the inputs to the outputs, and per layer the slopes of phi (null where it has no phi).</summary>
    private (Tensor[] Activations, Tensor?[] Slopes) Forward(ParameterSet parameters, Tensor inputs)
    {
        var activations = new Tensor[depth + 1];
        var slopes = new Tensor?[depth];
        activations[0] = inputs;
        for (var layer = 0; layer < depth; layer++)
        {
            var sums = Affine(parameters, layer, activations[layer]);
            if (Shape.HasActivation(layer))
            {
                // The sign, clamped to [leak, 1], is the slope; comparing and selecting costs ten times as much.
                var slope = sums.sign().clamp_(leak, One);
                slopes[layer] = slope;
                sums.mul_(slope);
            }

            activations[layer + 1] = sums;
        }

        return (activations, slopes);
    }

    private Tensor Affine(ParameterSet parameters, int layer, Tensor inputs)
    {
        var sums = inputs.bmm(parameters[Weight(layer)].transpose(1, 2));
        return hasBias ? sums.add_(parameters[Weight(layer) + 1].unsqueeze(1)) : sums;
    }

    private List<PerceptronLayer> Layers(ParameterSet parameters) =>
    [
        .. Enumerable.Range(0, depth).Select(layer => new PerceptronLayer(
            parameters[Weight(layer)], hasBias ? parameters[Weight(layer) + 1] : null, Shape.HasActivation(layer))),
    ];

    private int Weight(int layer) => hasBias ? 2 * layer : layer;
}
