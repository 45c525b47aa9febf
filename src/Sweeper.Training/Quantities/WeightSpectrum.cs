using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular values [K, r] of one weight matrix.</summary>
internal sealed record WeightSpectrum(string Component) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => snapshot.Vectors.HasFlag(SingularVectors.OfWeights)
        ? snapshot.Get(new WeightModes(Component)).S
        : BatchedSvd.Values(snapshot.Parameters.Matrices(Component));
}
