namespace Sweeper.Theory.Products;

/// <summary>
/// The k x k corner of a random orthogonal N x N matrix. Right singular vectors of a product are such a matrix, and a product of
/// finite depth has singular values that are larger than what it does to the first k axes by the corner's determinant.
/// </summary>
public static class HaarMinor
{
    /// <summary>d_k = E ln |det|, not positive; 0 for k = 0 and k = N.</summary>
    /// <param name="size">N: inputs of the product.</param>
    /// <param name="order">k.</param>
    public static double LogDeterminant(int size, int order) =>
        Enumerable.Range(1, order).Sum(i => Polygamma.Psi(i / 2.0) - Polygamma.Psi((size - order + i) / 2.0)) / 2;

    /// <summary>d_(k-1) - d_k = (psi((N - k + 1) / 2) - psi(k / 2)) / 2: what log s_k is more than depth times exponent.</summary>
    public static double Correction(int size, int order) => (Polygamma.Psi((size - order + 1) / 2.0) - Polygamma.Psi(order / 2.0)) / 2;
}
