using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Reported loss [K] on a split.</summary>
internal sealed record Losses(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) =>
        snapshot.Reported.Loss(snapshot.Get(new Outputs(Split)), snapshot.Split(Split).Targets);
}
