using MathNet.Numerics.LinearAlgebra;
using Sweeper.Core.Randomness;

namespace Sweeper.Tests.Predictions;

/// <summary>Random matrices of a seed.</summary>
internal sealed class GaussianMatrices(int seed)
{
    private CounterRandom random = RandomStreams.Data(seed, 0);

    /// <summary>Independent standard normal elements.</summary>
    public Matrix<double> Draw(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, random.NextGaussian(rows * columns));

    /// <summary>The first columns of a Haar orthogonal matrix.</summary>
    public Matrix<double> Haar(int rows, int columns) => Draw(rows, columns).GramSchmidt().Q;
}

/// <summary>Sums of squares.</summary>
internal static class MatrixPower
{
    public static double Power(this Matrix<double> matrix) => matrix.Enumerate().Sum(element => element * element);
}
