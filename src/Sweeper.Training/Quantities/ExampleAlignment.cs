using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>|u_teacher . u_student| of equally ranked left singular vectors at every example of a split, [K, n, r].</summary>
internal sealed record ExampleAlignment(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) =>
        snapshot.Get(new JacobianProducts(Split)).Left.abs().expand(-1, snapshot.Split(Split).Inputs.shape[1], -1);
}
