using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>The loss of networks on a split, taken apart into their best linear approximation on the training data and the rest.</summary>
internal sealed record LinearParts(string Split) : IQuantity<LinearDecomposition>
{
    /// <inheritdoc/>
    public LinearDecomposition Compute(NetworkSnapshot snapshot)
    {
        var split = snapshot.Split(Split);
        return new LinearDecomposition(
            snapshot.Get(new JacobianModes(Split)).U, snapshot.Get(new LinearMaps()), split.Inputs.to(ScalarType.Float64),
            snapshot.Get(new Outputs(Split)).to(ScalarType.Float64), split.Targets.to(ScalarType.Float64));
    }
}

/// <summary>B [K, o, d] for which B x is closest to the networks' outputs on the training inputs.</summary>
internal sealed record LinearMaps : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) =>
        LinearFit.Matrix(
            snapshot.Get(new TrainingInputInverse()), snapshot.Get(new Outputs(snapshot.Program.Splits[0].Name)).to(ScalarType.Float64));
}

/// <summary>Of the training inputs; see <see cref="LinearFit.Inverse"/>.</summary>
internal sealed record TrainingInputInverse : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => LinearFit.Inverse(snapshot.Program.Splits[0].Inputs.to(ScalarType.Float64));
}
