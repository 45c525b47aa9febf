using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// A convolution 3 x 3 of stride 2 and padding 1 with a leaky ReLU after it, of one network and some examples, and its way back: one
/// matrix product of the patches under the kernel. Examples are innermost, so that patches are gathered in long runs.
/// </summary>
internal sealed class PatchConvolution
{
    private const int Taps = 9;
    private readonly Tensor input, patches, patchGradient;
    private readonly (Tensor Pixels, Tensor Patches)[] gathered, scattered;
    private readonly Tensor? inputGradient;
    private readonly Scalar leak, rest;

    /// <param name="input">Pictures [channels, side, side, n]: read on the way through.</param>
    /// <param name="inputGradient">Where their gradient goes; null where none is wanted.</param>
    /// <param name="channels">That come out.</param>
    /// <param name="leak">Slope of the activation for negative arguments.</param>
    public PatchConvolution(Tensor input, Tensor? inputGradient, long channels, double leak)
    {
        long before = input.shape[0], half = input.shape[1] / 2, examples = input.shape[3];
        (this.input, this.inputGradient, this.leak, rest) = (input, inputGradient, leak, 1 - leak);
        patches = zeros([before, Taps, half, half, examples], input.dtype);
        patchGradient = inputGradient is null ? patches : empty_like(patches);
        gathered = Pairs(input, patches);
        scattered = inputGradient is null ? [] : Pairs(inputGradient, patchGradient);
        Output = empty([channels, half, half, examples], input.dtype);
        OutputGradient = empty_like(Output);
    }

    /// <summary>[channels, side / 2, side / 2, n]; on the way back it becomes the slopes of the activation.</summary>
    public Tensor Output { get; }

    /// <summary>What comes back to it.</summary>
    public Tensor OutputGradient { get; }

    /// <summary>Reads its input anew.</summary>
    public void Gather() => Array.ForEach(gathered, pair => pair.Patches.copy_(pair.Pixels));

    /// <summary>Computes its output, with a kernel [channels, channels before * 9].</summary>
    public void Forward(Tensor kernel) => Multiply(Output.flatten(1), kernel, patches.view(kernel.shape[1], -1)).leaky_relu_(leak);

    /// <summary>Adds to the kernel's gradient, and computes the input's.</summary>
    public void Backward(Tensor kernel, Tensor kernelGradient)
    {
        // Where leak is not negative, the sign of an output is that of the argument.
        var gradient = OutputGradient.mul_(Output.gt_(0).mul_(rest).add_(leak)).flatten(1);
        kernelGradient.addmm_(gradient, patches.view(kernel.shape[1], -1).mT, 1, 1);
        if (inputGradient is not null)
        {
            Multiply(patchGradient.view(kernel.shape[1], -1), kernel.mT, gradient);
            inputGradient.zero_();
            Array.ForEach(scattered, pair => pair.Pixels.add_(pair.Patches));
        }
    }

    /// <summary>A product into memory that is there.</summary>
    internal static Tensor Multiply(Tensor into, Tensor one, Tensor other) => into.addmm_(one, other, 0, 1);

    /// <summary>
    /// For each tap of the kernel the pixels under it, and their place among the patches, which are zero beyond the border.
    /// </summary>
    private static (Tensor Pixels, Tensor Patches)[] Pairs(Tensor pictures, Tensor patches) => [.. Enumerable.Range(0, Taps).Select(tap =>
        (Pixels(Pixels(pictures, 1, tap / 3), 2, tap % 3), Places(Places(patches.select(1, tap), 1, tap / 3), 2, tap % 3)))];

    private static Tensor Pixels(Tensor pictures, int along, int tap) => tap == 0
        ? pictures.slice(along, 1, pictures.shape[along] - 1, 2)
        : pictures.slice(along, tap - 1, pictures.shape[along], 2);

    private static Tensor Places(Tensor patches, int along, int tap) =>
        tap == 0 ? patches.narrow(along, 1, patches.shape[along] - 1) : patches;
}
