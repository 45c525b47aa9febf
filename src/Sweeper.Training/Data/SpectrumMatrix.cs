using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>Teacher matrices with given singular values.</summary>
internal static class SpectrumMatrix
{
    /// <summary>
    /// U diag(spectrum) V^T, [rows, columns] row-major, with Haar U and V. All singular vectors are drawn, used or not, so
    /// that spectra of different lengths have the same ones.
    /// </summary>
    public static double[] Draw(long seed, int rows, int columns, IReadOnlyList<double> spectrum)
    {
        var modes = Math.Min(rows, columns);
        var left = HaarMatrix.Draw(RandomStreams.Teacher(seed, 0), rows, modes);
        var right = HaarMatrix.Draw(RandomStreams.Teacher(seed, 1), columns, modes);
        var matrix = new double[rows * columns];
        for (var mode = 0; mode < spectrum.Count; mode++)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    matrix[row * columns + column] += spectrum[mode] * left[row * modes + mode] * right[column * modes + mode];
                }
            }
        }

        return matrix;
    }
}
