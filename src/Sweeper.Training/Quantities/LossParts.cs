using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>The loss of networks on a split, taken apart by their modes and their teacher's.</summary>
internal sealed record LossParts(string Split) : IQuantity<LossDecomposition>
{
    /// <inheritdoc/>
    public LossDecomposition Compute(NetworkSnapshot snapshot)
    {
        var split = snapshot.Split(Split);
        return new LossDecomposition(
            snapshot.Get(new JacobianModes(Split)), snapshot.Get(new TeacherModes(Split)), split.Inputs.to(ScalarType.Float64),
            split.Targets.to(ScalarType.Float64));
    }
}
