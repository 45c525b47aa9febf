using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular values and vectors, [K, ...], of the change of one weight since the beginning.</summary>
internal sealed record UpdateModes(string Component) : IQuantity<Modes>
{
    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot) => BatchedSvd.Full(
        snapshot.Parameters.Matrices(Component).to(ScalarType.Float64)
        - snapshot.Program.Initial.Matrices(Component).to(ScalarType.Float64));
}
