using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular values [K, n or 1, r] of every Jacobian of the networks on a split.</summary>
internal sealed record JacobianSpectrum(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => snapshot.Vectors switch
    {
        var all when all.HasFlag(SingularVectors.OfJacobians) => snapshot.Get(new JacobianModes(Split)).S,
        var some when some.HasFlag(SingularVectors.AlongJacobians) => snapshot.Get(new JacobianProducts(Split)).Strengths,
        _ when snapshot.Program.Model is IPiecewiseLinear model
            && model.Modes(snapshot.Parameters, snapshot.Split(Split).Inputs, [], []) is { } found => found.Values,
        _ => BatchedSvd.Values(snapshot.Get(new Jacobians(Split))),
    };
}
