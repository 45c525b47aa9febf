using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>|u_teacher . u_student| of equally ranked left singular vectors at every example of a split, [K, n, r].</summary>
internal sealed record ExampleAlignment(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) =>
        Alignment.PerExample(snapshot.Get(new TeacherModes(Split)).U, snapshot.Get(new JacobianModes(Split)).U).expand(-1, snapshot.Split(Split).Inputs.shape[1], -1);
}
