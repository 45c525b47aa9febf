using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Least squares without intercept, lane by lane.</summary>
internal static class LinearFit
{
    /// <summary>
    /// P [K, d, n] for inputs [K, n, d], rows examples: B = (P Y)^T is the matrix for which sum |y - B x|^2 is smallest (and,
    /// where inputs leave that open, the smallest such matrix).
    /// </summary>
    public static Tensor Inverse(Tensor inputs) => linalg.pinv(inputs);

    /// <summary>B [K, o, d] for outputs Y [K, n, o], from <see cref="Inverse"/> of the inputs.</summary>
    public static Tensor Matrix(Tensor inverse, Tensor outputs) => inverse.matmul(outputs).mT;

    /// <summary>B x of inputs [K, n, d]: [K, n, o].</summary>
    public static Tensor Apply(Tensor matrix, Tensor inputs) => inputs.matmul(matrix.mT);
}
