using Sweeper.Core.Randomness;
using Sweeper.Training.Data;

namespace Sweeper.Training.Models;

/// <summary>Distribution of initial weights, before the scale.</summary>
internal enum InitialLaw
{
    /// <summary>Haar: uniformly random (semi-)orthogonal.</summary>
    Haar,
    /// <summary>Independent N(0, 1 / inputs).</summary>
    Gaussian,
    /// <summary>PyTorch's default for linear layers: uniform on +-1 / sqrt(inputs), biases too.</summary>
    TorchDefault,
}

/// <summary>Draws initial weights.</summary>
internal static class InitialWeights
{
    /// <summary>A [rows, columns] matrix, row-major, from a stream of its own.</summary>
    public static double[] Matrix(InitialLaw law, CounterRandom stream, int rows, int columns)
    {
        switch (law)
        {
            case InitialLaw.Haar:
                return HaarMatrix.Draw(stream, rows, columns);
            case InitialLaw.Gaussian:
                var values = new double[rows * columns];
                stream.FillGaussian(values);
                var scale = 1 / Math.Sqrt(columns);
                return Array.ConvertAll(values, value => value * scale);
            default:
                return Uniform(stream, rows * columns, 1 / Math.Sqrt(columns));
        }
    }

    /// <summary>Independent numbers, uniform on +-bound.</summary>
    public static double[] Uniform(CounterRandom stream, int count, double bound)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = stream.NextUniform(bound);
        }

        return values;
    }
}
