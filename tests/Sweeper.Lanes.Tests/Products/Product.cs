using System.Collections.Immutable;
using Sweeper.Lanes.Products;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Tests.Products;

/// <summary>What comes out for one product.</summary>
/// <param name="LogValues">[stop][mode].</param>
/// <param name="Vectors">[stop][input, mode]; empty where they were not asked for.</param>
/// <param name="LogDiagonals">[mode].</param>
internal sealed record Product(double[][] LogValues, double[][,] Vectors, double[] LogDiagonals)
{
    /// <summary>All numbers.</summary>
    public IEnumerable<double> Numbers =>
        [.. LogValues.SelectMany(values => values), .. Vectors.SelectMany(vectors => vectors.Cast<double>()), .. LogDiagonals];

    /// <summary>All of the last stop.</summary>
    public double[] Last => LogValues[^1];

    /// <summary>The whole product of matrices, the first of which is applied first.</summary>
    public static Product Of(params double[][,] matrices) => Of<Lanes256<double>>([matrices], [matrices.Length])[0];

    /// <summary>Decomposes several products of matrices of the same shapes.</summary>
    public static unsafe Product[] Of<TLanes>(double[][][,] products, ImmutableArray<int> stops, bool hasVectors = true, int threads = 1)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        int inputs = products[0][0].GetLength(1), modes = inputs, count = products.Length;
        var (values, diagonals) = (new double[count * stops.Length * modes], new double[count * modes]);
        var vectors = new double[count * stops.Length * inputs * modes];
        double[] numbers = [.. products.SelectMany(matrices => matrices.SelectMany(matrix => matrix.Cast<double>()))];
        var step = products[0].Sum(matrix => matrix.Length);
        fixed (double* first = numbers, intoValues = values, intoVectors = vectors, intoDiagonals = diagonals)
        {
            var at = (nint)first;
            var factors = new List<ProductFactor>();
            foreach (var matrix in products[0])
            {
                factors.Add(new ProductFactor(at, matrix.GetLength(0), matrix.GetLength(1), step, matrix.GetLength(1), 1));
                at += matrix.Length * sizeof(double);
            }

            var target = new ProductTarget(stops, modes, (nint)intoValues)
            {
                Vectors = hasVectors ? (nint)intoVectors : 0, LogDiagonals = (nint)intoDiagonals,
            };
            LongProducts.With<TLanes>(factors, count, target, threads);
        }

        return
        [
            .. Enumerable.Range(0, count).Select(one => new Product(
                [.. Enumerable.Range(0, stops.Length).Select(stop => values.AsSpan((one * stops.Length + stop) * modes, modes).ToArray())],
                [
                    .. Enumerable.Range(0, hasVectors ? stops.Length : 0)
                        .Select(stop => Matrix(vectors, (one * stops.Length + stop) * inputs * modes, inputs, modes)),
                ],
                diagonals.AsSpan(one * modes, modes).ToArray())),
        ];
    }

    private static double[,] Matrix(double[] numbers, int from, int rows, int columns)
    {
        var result = new double[rows, columns];
        for (var place = 0; place < rows * columns; place++)
        {
            result[place / columns, place % columns] = numbers[from + place];
        }

        return result;
    }
}
