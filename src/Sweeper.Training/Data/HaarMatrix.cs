using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>Uniformly distributed (semi-)orthogonal matrices.</summary>
internal static class HaarMatrix
{
    /// <summary>
    /// A [rows, columns] matrix, row-major: orthonormal columns where there are at least as many rows, else orthonormal
    /// rows. Uses rows * columns Gaussian numbers of the stream.
    /// </summary>
    public static double[] Draw(CounterRandom stream, int rows, int columns)
    {
        int longSide = Math.Max(rows, columns), shortSide = Math.Min(rows, columns);
        var tall = stream.NextGaussian(longSide * shortSide);
        Orthonormal.Columns(tall, longSide, shortSide);
        return rows >= columns ? tall : Transpose(tall, longSide, shortSide);
    }

    private static double[] Transpose(double[] matrix, int rows, int columns)
    {
        var transposed = new double[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                transposed[column * rows + row] = matrix[row * columns + column];
            }
        }

        return transposed;
    }
}
