using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>What linear networks with one output multiply their inputs with, w = W_L ... W_1, [K, d] in float64.</summary>
internal sealed record LinearMap : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) =>
        snapshot.Get(new Jacobians(snapshot.Program.Splits[0].Name)).select(1, 0).squeeze(1).to(ScalarType.Float64);
}
