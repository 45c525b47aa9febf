using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Outputs [K, n, o] on a split.</summary>
internal sealed record Outputs(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => snapshot.Program.Model.Apply(snapshot.Parameters, snapshot.Split(Split).Inputs);
}
