namespace Sweeper.Training.Quantities;

/// <summary>Singular values and vectors of one weight matrix after the last step, [K, ...].</summary>
internal sealed record FinalWeightModes(string Component) : IQuantity<Modes>
{
    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot) => snapshot.Final.Get(new WeightModes(Component));
}
