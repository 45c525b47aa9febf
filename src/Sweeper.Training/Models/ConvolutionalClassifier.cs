using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// VGG (Simonyan and Zisserman 2015) as it is trained on small pictures: blocks of convolutions 3 x 3 of padding 1 with a bias, each
/// followed by batch norm and ReLU; between blocks the largest of every 2 x 2 pixels; then the mean over all pixels that are left, and one
/// matrix. The lanes of a pack are groups of one grouped convolution, and gradients come from autograd: with all else that a step does they
/// took as long as the convolutions alone by products of patches (<see cref="PatchConvolution"/>), which have four times as many of them at
/// stride 1.
/// </summary>
internal sealed class ConvolutionalClassifier : IModel
{
    private readonly int channels, side;
    private readonly ImmutableArray<ImmutableArray<int>> blocks;
    private readonly ImmutableArray<BatchNorm> norms;

    /// <param name="channels">Colours of a picture.</param>
    /// <param name="side">Pixels along a side.</param>
    /// <param name="blocks">Channels after each convolution, block by block.</param>
    /// <param name="classes">Numbers that come out.</param>
    public ConvolutionalClassifier(int channels, int side, ImmutableArray<ImmutableArray<int>> blocks, int classes)
    {
        (this.channels, this.side, this.blocks) = (channels, side, blocks);
        norms = Norms(blocks);
        Layout = LayoutOf(channels, blocks, classes);
    }

    /// <summary>Examples that are evaluated at once: they do not meet, and their activations need not exist together.</summary>
    public const int ExamplesAtOnce = 64;

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <summary>
    /// The parameters of a network before there is one: of convolution i the kernel Wi, its bias bi and those of its batch norm, gi and hi;
    /// matrix and bias of the head; then running statistics. All begin as PyTorch's do.
    /// </summary>
    /// <param name="channels">Colours of a picture.</param>
    /// <param name="blocks">Channels after each convolution, block by block.</param>
    /// <param name="classes">Numbers that come out.</param>
    public static ParameterLayout LayoutOf(int channels, ImmutableArray<ImmutableArray<int>> blocks, int classes)
    {
        ImmutableArray<int> widths = [channels, .. blocks.SelectMany(block => block)];
        var norms = Norms(blocks);
        return new ParameterLayout(
        [
            .. norms.SelectMany((norm, layer) => Affine(layer, [norm.Units, widths[layer], 3, 3]).Concat(norm.Trained)),
            .. Affine(norms.Length, [classes, widths[^1]]),
            .. norms.SelectMany(norm => norm.Buffers),
        ]);

        IEnumerable<ParameterSpec> Affine(int layer, ImmutableArray<long> shape) =>
        [
            new($"W{layer + 1}", shape, ParameterRole.Weight)
            {
                Stream = 2 * layer, Follows = layer == 0 ? [] : [$"W{layer}"], IsHead = layer == norms.Length,
            },
            new($"b{layer + 1}", [shape[0]], ParameterRole.Bias)
            {
                Stream = 2 * layer + 1,
                Initial = InitialLaw.Uniform(1 / Math.Sqrt(shape.Skip(1).Aggregate(1L, (product, length) => product * length))),
            },
        ];
    }

    /// <summary>Pictures [K, n, channels * side * side], row by row -> [K, n, classes].</summary>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) =>
        mode != NetworkMode.Evaluate
        ? OfPart(parameters, inputs, mode)
        : ExampleParts.Apply(inputs, ExamplesAtOnce, part => OfPart(parameters, part, mode));

    private Tensor OfPart(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        using var scope = NewDisposeScope();
        long lanes = inputs.shape[0], examples = inputs.shape[1];
        var pictures = inputs.transpose(0, 1).reshape(examples, lanes * channels, side, side);
        var layer = 0;
        foreach (var (place, block) in blocks.Index())
        {
            pictures = place == 0 ? pictures : Next(pictures, nn.functional.max_pool2d(pictures, [2L, 2L]));
            for (var end = layer + block.Length; layer < end; layer++)
            {
                var sums = Next(pictures, nn.functional.conv2d(
                    pictures, Of("W", layer).flatten(0, 1), Of("b", layer).flatten(), padding: [1, 1], groups: lanes));
                pictures = Next(sums, norms[layer].Apply(parameters, sums, mode)).relu_();
            }
        }

        var features = pictures.mean([2L, 3L]).view(examples, lanes, -1).transpose(0, 1);
        return (features.bmm(Of("W", layer).mT) + Of("b", layer).unsqueeze(1)).MoveToOuterDisposeScope();

        Tensor Of(string parameter, int of) => parameters[$"{parameter}{of + 1}"];
    }

    /// <summary>Lets go of what was read: where no gradient is wanted, its memory is free at once.</summary>
    private static Tensor Next(Tensor read, Tensor result)
    {
        read.Dispose();
        return result;
    }

    private static ImmutableArray<BatchNorm> Norms(ImmutableArray<ImmutableArray<int>> blocks) =>
        [.. blocks.SelectMany(block => block).Select((units, layer) => new BatchNorm($"{layer + 1}", units))];
}
