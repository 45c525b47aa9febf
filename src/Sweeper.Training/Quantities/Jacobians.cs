using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Jacobians [K, n, o, d] of the networks on a split; [K, 1, o, d] where one holds for all examples.</summary>
internal sealed record Jacobians(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => snapshot.Program.Model is IPiecewiseLinear model
        ? model.Jacobians(snapshot.Parameters, snapshot.Split(Split).Inputs)
        : throw new InvalidOperationException($"{snapshot.Program.Model.GetType().Name} has no Jacobians");
}
