namespace Sweeper.Training.Quantities;

/// <summary>The modes of the networks on a split: SVD of every Jacobian, [K, n or 1, ...].</summary>
internal sealed record JacobianModes(string Split) : IQuantity<Modes>
{
    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot) => BatchedSvd.Full(snapshot.Get(new Jacobians(Split)));
}
