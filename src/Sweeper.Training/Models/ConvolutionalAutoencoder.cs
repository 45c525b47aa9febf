using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>An encoder and its mirror image: a matrix, then transposed convolutions of stride 2, a leaky ReLU between any two.</summary>
internal sealed class ConvolutionalAutoencoder : IModel
{
    private readonly Scalar leak;
    private readonly int side, smallSide;
    private readonly ImmutableArray<int> channels;

    /// <param name="side">Pixels along a side of the picture.</param>
    /// <param name="channels">Channels after each convolution of the encoder.</param>
    /// <param name="latents">Numbers between encoder and decoder.</param>
    /// <param name="leak">Slope of the activation for negative arguments.</param>
    public ConvolutionalAutoencoder(int side, ImmutableArray<int> channels, int latents, double leak)
    {
        this.side = side;
        this.channels = channels;
        this.leak = leak;
        smallSide = side >> channels.Length;
        Encoder = new ConvolutionalEncoder(side, channels, latents, leak);
        // As PyTorch stores transposed convolutions: inputs first.
        var back = channels.Reverse().Select((count, layer) => new ParameterSpec(
            $"D{layer + 2}", [count, layer == channels.Length - 1 ? 1 : channels[^(layer + 2)], 3, 3], ParameterRole.Weight)
        {
            View = MatrixView.InputsFirst, Follows = layer == 0 ? [] : [$"D{layer + 1}"], IsHead = layer == channels.Length - 1,
        });
        Layout = new ParameterLayout(
        [
            .. Encoder.Layout.Parameters.Select(weight => weight with { Initial = InitialLaw.TorchDefault, Stream = null, IsHead = false }),
            new ParameterSpec("D1", [(long)channels[^1] * smallSide * smallSide, latents], ParameterRole.Weight)
            {
                Follows = [Encoder.Layout.Parameters[^1].Name],
            },
            .. back,
        ]);
    }

    /// <summary>The first half.</summary>
    public ConvolutionalEncoder Encoder { get; }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <summary>Initial values of one lane, PyTorch's, from the teacher's stream.</summary>
    public double[] Initialise(long seed) => Layout.Initialise(seed, RandomStreams.Teacher);

    /// <summary>The encoder's part of the parameters: a view.</summary>
    public ParameterSet EncoderOf(ParameterSet parameters) => new(Encoder.Layout, parameters.Flat.narrow(1, 0, Encoder.Layout.Size));

    /// <summary>Pictures [K, n, side * side] -> pictures.</summary>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        long lanes = inputs.shape[0], examples = inputs.shape[1];
        var first = Encoder.Layout.Parameters.Length;
        var dense = Encoder.Apply(EncoderOf(parameters), inputs, mode).bmm(parameters[first].transpose(1, 2));
        var activations = dense.transpose(0, 1).reshape(examples, lanes * channels[^1], smallSide, smallSide);
        for (var layer = first + 1; layer < Layout.Parameters.Length; layer++)
        {
            activations = nn.functional.conv_transpose2d(
                activations.leaky_relu(leak), parameters[layer].flatten(0, 1), null, [2, 2], [1, 1], [1, 1], groups: lanes);
        }

        return activations.view(examples, lanes, side * side).transpose(0, 1);
    }
}
