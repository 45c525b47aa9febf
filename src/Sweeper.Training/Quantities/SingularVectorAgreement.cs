using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// How far two matrices have the same singular vectors: S_jk = |u_j . u'_k| |v_j . v'_k|, without signs (Yunis et al. 2024,
/// section 5). Vectors of (nearly) equal singular values are arbitrary.
/// </summary>
internal static class SingularVectorAgreement
{
    private const int Leading = 10;

    /// <summary>S of modes [..., r] and [..., r'], [..., r, r'].</summary>
    public static Tensor Matrix(Modes a, Modes b) => a.U.mT.matmul(b.U).mul_(a.V.mT.matmul(b.V)).abs_();

    /// <summary>Its diagonal [..., r]: equally ranked modes.</summary>
    public static Tensor Diagonal(Modes a, Modes b) => a.U.mul(b.U).sum(-2).mul_(a.V.mul(b.V).sum(-2)).abs_();

    /// <summary>Mean of the first ten of the diagonal, or of all where there are less, [...].</summary>
    public static Tensor Mean(Modes a, Modes b) => Diagonal(a, b).narrow(-1, 0, Math.Min(Leading, a.S.shape[^1])).mean([-1L]);
}
