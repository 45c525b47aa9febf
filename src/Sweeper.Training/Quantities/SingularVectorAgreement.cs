using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// How far two matrices agree in their singular vectors, whatever their singular values (Yunis et al. 2024, section 4 and 5.2).
/// Signs do not matter; vectors of (nearly) equal singular values are arbitrary, and so is their agreement.
/// </summary>
internal static class SingularVectorAgreement
{
    /// <summary>
    /// |u_j . u'_k| |v_j . v'_k|, [..., r, r']: the scalar products of the rank-one parts of two matrices of one shape.
    /// </summary>
    public static Tensor Of(Modes first, Modes second) => first.U.mT.matmul(second.U).mul_(first.V.mT.matmul(second.V)).abs_();

    /// <summary>
    /// |u_j . v_k|, [..., r, r']: how far what a matrix puts out is what the next one takes in. Chance is about 0.8 / sqrt(n) for
    /// n units between them.
    /// </summary>
    /// <param name="outputs">Left vectors of the matrix as columns, [..., n, r].</param>
    /// <param name="inputs">Right vectors of the next one as columns, [..., n, r'].</param>
    public static Tensor BetweenLayers(Tensor outputs, Tensor inputs) => outputs.mT.matmul(inputs).abs_();
}
