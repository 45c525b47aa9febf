using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>How much of a matrix's weight lies on its diagonal.</summary>
internal static class DiagonalCorrelation
{
    /// <summary>
    /// Correlation of row and column, each element counting with its weight: 1 where all weight is on the diagonal, -1 on the other one, 0
    /// where they are independent. Not a number where no two rows or columns have weight.
    /// </summary>
    /// <param name="weights">Not negative, [..., n, n].</param>
    public static Tensor Of(Tensor weights)
    {
        var places = arange(weights.shape[^1], dtype: ScalarType.Float64, device: weights.device);
        var total = weights.sum([-2L, -1L]);
        Tensor rows = weights.sum(-1) / total.unsqueeze(-1), columns = weights.sum(-2) / total.unsqueeze(-1);
        Tensor rowMean = (rows * places).sum(-1), columnMean = (columns * places).sum(-1);
        Tensor row = places - rowMean.unsqueeze(-1), column = places - columnMean.unsqueeze(-1);
        var shared = (weights * row.unsqueeze(-1) * column.unsqueeze(-2)).sum([-2L, -1L]) / total;
        var spread = (rows * row.square()).sum(-1) * (columns * column.square()).sum(-1);
        return (shared / SquareRoot.Of(spread)).masked_fill(spread.eq(0), double.NaN);
    }

    /// <summary>Mean size of the elements on the diagonal.</summary>
    public static Tensor MeanDiagonal(Tensor matrix) => matrix.diagonal(0, -2, -1).abs().mean([-1L]);
}
