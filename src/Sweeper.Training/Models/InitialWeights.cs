using Sweeper.Core.Randomness;
using Sweeper.Training.Data;

namespace Sweeper.Training.Models;

/// <summary>Draws initial weight matrices that are not uniform.</summary>
internal static class InitialWeights
{
    /// <summary>A [rows, columns] matrix, row-major, from a stream of its own.</summary>
    public static double[] Draw(InitialLaw law, CounterRandom stream, int rows, int columns)
    {
        if (law == InitialLaw.Haar)
        {
            return HaarMatrix.Draw(stream, rows, columns);
        }

        var scale = 1 / Math.Sqrt(columns);
        return Array.ConvertAll(stream.NextGaussian(rows * columns), value => value * scale);
    }
}
