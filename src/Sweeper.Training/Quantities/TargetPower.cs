using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Mean over examples of the squared norm of the targets of a split, [K]: the loss of a network that answers zero.</summary>
internal sealed record TargetPower(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => snapshot.Split(Split).Targets.square().flatten(2).sum(2).mean([1L]);
}
