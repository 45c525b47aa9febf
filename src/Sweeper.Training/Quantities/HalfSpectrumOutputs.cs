using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Outputs [K, n, o] on a split of networks with half of their spectra.</summary>
internal sealed record HalfSpectrumOutputs(string Split, HalfSpectrum Half) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => Outputs.Of(snapshot.Program.Model, snapshot.Get(Half), snapshot.Split(Split).Inputs);
}
