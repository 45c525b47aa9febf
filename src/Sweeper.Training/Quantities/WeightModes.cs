namespace Sweeper.Training.Quantities;

/// <summary>Singular values and vectors of one weight matrix, [K, ...].</summary>
internal sealed record WeightModes(string Component) : IQuantity<Modes>
{
    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot) =>
        BatchedSvd.Full(snapshot.Parameters.Weights.First(weight => weight.Name == Component).Matrices);
}
