namespace Sweeper.Training.Data;

/// <summary>Orthonormalisation in plain double arithmetic: the same bits on every machine, whatever libtorch does.</summary>
internal static class Orthonormal
{
    /// <summary>
    /// Makes the columns of a row-major [rows, columns] matrix (rows >= columns) orthonormal, in place: the factor Q of
    /// the QR decomposition whose R has a positive diagonal, by Gram-Schmidt done twice. Of a Gaussian matrix it is Haar
    /// distributed (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).
    /// </summary>
    public static void Columns(Span<double> matrix, int rows, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var earlier = 0; earlier < column; earlier++)
                {
                    AddTo(matrix, rows, columns, column, earlier, -Dot(matrix, rows, columns, earlier, column));
                }
            }

            var scale = 1 / Math.Sqrt(Dot(matrix, rows, columns, column, column));
            for (var row = 0; row < rows; row++)
            {
                matrix[row * columns + column] *= scale;
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> matrix, int rows, int columns, int a, int b)
    {
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
        {
            sum += matrix[row * columns + a] * matrix[row * columns + b];
        }

        return sum;
    }

    private static void AddTo(Span<double> matrix, int rows, int columns, int target, int source, double factor)
    {
        for (var row = 0; row < rows; row++)
        {
            matrix[row * columns + target] += factor * matrix[row * columns + source];
        }
    }
}
