using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular values [K, n or 1, r] of every Jacobian of the networks on a split.</summary>
internal sealed record JacobianSpectrum(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => snapshot.Vectors.HasFlag(SingularVectors.OfJacobians)
        ? snapshot.Get(new JacobianModes(Split)).S
        : BatchedSvd.Values(snapshot.Get(new Jacobians(Split)));
}
