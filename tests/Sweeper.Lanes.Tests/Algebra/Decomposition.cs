using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Tests.Algebra;

/// <summary>A = U S V^T of one matrix.</summary>
/// <param name="U">[row, value]; empty where only values were asked for.</param>
/// <param name="S">Values.</param>
/// <param name="V">[row, value]; empty where only values were asked for.</param>
internal sealed record Decomposition(double[,] U, double[] S, double[,] V)
{
    /// <summary>Largest deviation of U^T U and V^T V from 1.</summary>
    public double Skew => Math.Max(SkewOf(U), SkewOf(V));

    /// <summary>All numbers.</summary>
    public IEnumerable<double> Numbers => [.. U.Cast<double>(), .. S, .. V.Cast<double>()];

    /// <summary>Decomposes matrices of one shape with registers of some kind.</summary>
    public static unsafe Decomposition[] Of<TLanes>(double[][,] matrices, bool hasVectors = true, int threads = 1)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        var (count, rows, columns) = (matrices.Length, matrices[0].GetLength(0), matrices[0].GetLength(1));
        var rank = Math.Min(rows, columns);
        MatrixPlaces left = MatrixPlaces.SideBySide(1, count, rows, rank), right = MatrixPlaces.Contiguous(count, columns, rank);
        var places = MatrixPlaces.SideBySide(1, count, 1, rank);
        double[] source = [.. matrices.SelectMany(matrix => matrix.Cast<double>())];
        var (u, s, v) = (new double[count * rows * rank], new double[count * rank], new double[count * columns * rank]);
        fixed (double* from = source, intoU = u, intoS = s, intoV = v)
        {
            var target = new SvdTarget(
                new Matrices(hasVectors ? intoU : null, left), new Matrices(intoS, places), new Matrices(hasVectors ? intoV : null, right));
            SmallSvd.With<TLanes, double>(from, MatrixPlaces.Contiguous(count, rows, columns), rows, columns, target, threads);
        }

        return
        [
            .. Enumerable.Range(0, count).Select(matrix => new Decomposition(
                Read(u, left, matrix, rows),
                [.. Enumerable.Range(0, rank).Select(value => s[places.Of(0, matrix) + value * places.Column])],
                Read(v, right, matrix, columns))),
        ];

        double[,] Read(double[] numbers, MatrixPlaces at, int matrix, int height)
        {
            var result = new double[hasVectors ? height : 0, hasVectors ? rank : 0];
            for (var row = 0; row < result.GetLength(0); row++)
            {
                for (var value = 0; value < rank; value++)
                {
                    result[row, value] = numbers[at.Of(0, matrix) + row * at.Row + value * at.Column];
                }
            }

            return result;
        }
    }

    /// <summary>Largest difference of U S V^T from a matrix.</summary>
    public double Miss(double[,] matrix)
    {
        var worst = 0.0;
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var column = 0; column < matrix.GetLength(1); column++)
            {
                var sum = 0.0;
                for (var value = 0; value < S.Length; value++)
                {
                    sum += U[row, value] * S[value] * V[column, value];
                }

                worst = Math.Max(worst, Math.Abs(sum - matrix[row, column]));
            }
        }

        return worst;
    }

    private static double SkewOf(double[,] vectors)
    {
        var worst = 0.0;
        for (var one = 0; one < vectors.GetLength(1); one++)
        {
            for (var other = 0; other <= one; other++)
            {
                var sum = one == other ? -1.0 : 0.0;
                for (var row = 0; row < vectors.GetLength(0); row++)
                {
                    sum += vectors[row, one] * vectors[row, other];
                }

                worst = Math.Max(worst, Math.Abs(sum));
            }
        }

        return worst;
    }
}
