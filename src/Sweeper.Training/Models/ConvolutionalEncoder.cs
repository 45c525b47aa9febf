using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Pictures to a few numbers, without biases: convolutions 3 x 3 of stride 2 and padding 1, each followed by a leaky ReLU, then one
/// matrix. Where no gradient of the weights is asked for, and on GPUs, the lanes of a pack are groups of one grouped convolution.
/// </summary>
internal sealed class ConvolutionalEncoder : IPiecewiseLinear
{
    // The way back of a part of the examples exists at once.
    private const int ExamplesAtOnce = 128;
    private readonly double slope;
    private readonly Scalar leak;
    private readonly int side;

    /// <param name="side">Pixels along a side of the picture, divisible by 2 for every convolution.</param>
    /// <param name="channels">Channels after each convolution.</param>
    /// <param name="outputs">Numbers that come out.</param>
    /// <param name="leak">Slope of the activation for negative arguments.</param>
    public ConvolutionalEncoder(int side, ImmutableArray<int> channels, int outputs, double leak)
    {
        this.side = side;
        this.leak = slope = leak;
        Layout = LayoutOf(side, channels, outputs);
    }

    /// <inheritdoc/>
    /// <remarks>Every matrix [outputs, inputs of one output] begins with orthonormal rows or columns.</remarks>
    public ParameterLayout Layout { get; }

    /// <summary>The parameters of an encoder before there is one.</summary>
    /// <param name="side">Pixels along a side of the picture.</param>
    /// <param name="channels">Channels after each convolution.</param>
    /// <param name="outputs">Numbers that come out.</param>
    public static ParameterLayout LayoutOf(int side, ImmutableArray<int> channels, int outputs)
    {
        var small = side >> channels.Length;
        return new ParameterLayout(
        [
            .. channels.Select((count, layer) => new ParameterSpec(
                $"W{layer + 1}", [count, layer == 0 ? 1 : channels[layer - 1], 3, 3], ParameterRole.Weight)
            {
                Initial = InitialLaw.Haar, Stream = 2 * layer, Follows = layer == 0 ? [] : [$"W{layer}"],
            }),
            // What the last convolution puts out is more than its channels: pictures of them.
            new ParameterSpec($"W{channels.Length + 1}", [outputs, (long)channels[^1] * small * small], ParameterRole.Weight)
            {
                Initial = InitialLaw.Haar, Stream = 2 * channels.Length, IsHead = true,
            },
        ]);
    }

    /// <summary>Pictures [K, n, side * side], row by row -> [K, n, outputs].</summary>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        long lanes = inputs.shape[0], examples = inputs.shape[1];
        var activations = inputs.transpose(0, 1).reshape(examples, lanes, side, side);
        var last = Layout.Parameters.Length - 1;
        for (var layer = 0; layer < last; layer++)
        {
            activations = nn.functional.conv2d(activations, parameters[layer].flatten(0, 1), null, [2, 2], [1, 1], null, lanes)
                .leaky_relu(leak);
        }

        return activations.view(examples, lanes, -1).transpose(0, 1).bmm(parameters[last].transpose(1, 2));
    }

    /// <summary>On a CPU by <see cref="EncoderGradient"/>.</summary>
    public Tensor Gradient(ParameterSet parameters, Split batch, IObjective objective) =>
        objective is SquaredError error && parameters.Flat.device_type == DeviceType.CPU
            ? EncoderGradient.Of(parameters, batch, error, side, slope)
            : Autograd.Gradient(this, parameters, batch, objective);

    /// <summary>One way back for each output, of all examples at once: they do not meet in any operation.</summary>
    public Tensor Jacobians(ParameterSet parameters, Tensor inputs) =>
        ExampleParts.Apply(inputs, ExamplesAtOnce, part => OfPart(parameters, part));

    private Tensor OfPart(ParameterSet parameters, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var _ = enable_grad();
        var leaf = inputs.detach().contiguous().requires_grad_(true);
        var outputs = Apply(parameters, leaf, NetworkMode.Evaluate).sum([0L, 1L]);
        var rows = Enumerable.Range(0, (int)outputs.shape[0])
            .Select(output => autograd.grad([outputs[output]], [leaf], retain_graph: true)[0]);
        return stack(rows, 2).detach().MoveToOuterDisposeScope();
    }
}
