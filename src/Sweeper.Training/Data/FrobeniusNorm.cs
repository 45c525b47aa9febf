using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Root of the sum of squares of a matrix, the same on every processor.</summary>
internal static class FrobeniusNorm
{
    /// <summary>Of each matrix: [K, m, n] -> [K], or [K, 1, 1] for scaling them by it.</summary>
    public static Tensor Of(Tensor matrices, bool keepdim = false) => SquareRoot.Of(matrices.square().sum([1L, 2L], keepdim));
}
