using Sweeper.Training.Models;

namespace Sweeper.Training.Quantities;

/// <summary>Singular values and vectors, [K, ...], of one weight or a block of its rows (<see cref="ParameterSet.Matrices"/>).</summary>
internal sealed record WeightModes(string Component) : IQuantity<Modes>
{
    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot) => BatchedSvd.Full(snapshot.Parameters.Matrices(Component));
}
