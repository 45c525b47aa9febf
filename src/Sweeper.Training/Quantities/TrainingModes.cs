using Sweeper.Training.Data;

namespace Sweeper.Training.Quantities;

/// <summary>The modes of the training data (<see cref="DataModes"/>).</summary>
internal sealed record TrainingModes : IQuantity<Modes>
{
    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot) => DataModes.Of(snapshot.Program.Splits[0]);
}
