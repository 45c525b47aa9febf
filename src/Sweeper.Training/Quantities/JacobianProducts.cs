using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>What most metrics want of the singular vectors u, v of Jacobians at examples: scalar products, [K, n or 1, r].</summary>
/// <param name="Strengths">Singular values s.</param>
/// <param name="Left">u_teacher . u of equally ranked modes; the sign means nothing.</param>
/// <param name="Right">v_teacher . v.</param>
/// <param name="Inputs">v . x, [K, n, r].</param>
/// <param name="Targets">u . target, [K, n, r].</param>
internal sealed record ModeProducts(Tensor Strengths, Tensor Left, Tensor Right, Tensor Inputs, Tensor Targets)
{
    /// <summary>What each mode adds to the loss, [K, r]; see <see cref="LossDecomposition.StudentContribution"/>.</summary>
    public Tensor Contribution() => LossDecomposition.Contribution(Strengths * Inputs, Targets);

    /// <summary>See <see cref="LossDecomposition.StudentPower"/>, [K, r].</summary>
    public Tensor Power() => LossDecomposition.Power(Strengths * Inputs);
}

/// <summary>Products with the modes of the networks on a split, without the modes where nobody else wants them.</summary>
internal sealed record JacobianProducts(string Split) : IQuantity<ModeProducts>
{
    /// <inheritdoc/>
    public ModeProducts Compute(NetworkSnapshot snapshot)
    {
        var (split, teacher) = (snapshot.Split(Split), snapshot.Get(new TeacherModes(Split)));
        var (inputs, targets) = (AsColumns(split.Inputs), AsColumns(split.Targets));
        var found = snapshot.Vectors.HasFlag(SingularVectors.OfJacobians) || snapshot.Program.Model is not IPiecewiseLinear model
            ? null
            : model.Modes(snapshot.Parameters, split.Inputs, [teacher.U, targets], [teacher.V, inputs]);
        if (found is not null)
        {
            return new ModeProducts(found.Values, found.Left[0], found.Right[0], found.Right[1], found.Left[1]);
        }

        var modes = snapshot.Get(new JacobianModes(Split));
        return new ModeProducts(
            modes.S, ScalarProducts.Of(teacher.U, modes.U), ScalarProducts.Of(teacher.V, modes.V), ScalarProducts.Of(modes.V, inputs),
            ScalarProducts.Of(modes.U, targets));

        static Tensor AsColumns(Tensor examples) => examples.to(ScalarType.Float64).unsqueeze(3);
    }
}
