namespace Sweeper.Lanes.Tests.Algebra;

/// <summary>Kinds of matrices that decompositions find hard or easy.</summary>
public enum MatrixKind
{
    Gaussian,
    ProductOfFour,
    RankTwo,
    RepeatedColumns,
    GradedColumns,
    GradedRows,
    GradedBoth,
    ZeroRowsAndColumns,
    Zero,
    Identity,
    Ones,
    Kahan,
    PivotedKahan,
    Integers,
}

/// <summary>Makes them.</summary>
internal static class TestMatrices
{
    /// <summary>A matrix; the same for the same seed.</summary>
    public static double[,] Of(MatrixKind kind, int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return kind switch
        {
            MatrixKind.Gaussian => Gaussian(),
            MatrixKind.ProductOfFour => Product(
                Product(Normals(rows, rows), Normals(rows, rows)), Product(Normals(rows, columns), Normals(columns, columns))),
            MatrixKind.RankTwo => Product(Normals(rows, 2), Normals(2, columns)),
            MatrixKind.RepeatedColumns => Pick(Gaussian(), (row, column) => (row, column / 2)),
            MatrixKind.GradedColumns => Scale(Gaussian(), (_, column) => Math.Pow(10, -2 * ((column * 7) % columns))),
            MatrixKind.GradedRows => Scale(Gaussian(), (row, _) => Math.Pow(10, -2 * ((row * 5) % rows))),
            MatrixKind.GradedBoth => Scale(Gaussian(), (row, column) => Math.Pow(10, row % 9 - 3 * (column % 5))),
            MatrixKind.ZeroRowsAndColumns => Scale(Gaussian(), (row, column) => row % 3 == 1 || column % 4 == 2 ? 0 : 1),
            MatrixKind.Zero => new double[rows, columns],
            MatrixKind.Identity => Make((row, column) => row == column ? 1 : 0),
            MatrixKind.Ones => Make((_, _) => 1),
            MatrixKind.Kahan => Make((row, column) => Math.Pow(0.6, row) * (row == column ? 1 : row < column ? -0.8 : 0)),
            // Pivoting leaves its columns where they are: each is a little shorter than the one before.
            MatrixKind.PivotedKahan => Scale(Of(MatrixKind.Kahan, rows, columns, seed), (_, column) => 1 - 1e-6 * column),
            _ => Make((_, _) => random.Next(-3, 4)),
        };

        double[,] Gaussian() => Normals(rows, columns);

        double[,] Make(Func<int, int, double> number) => Fill(rows, columns, number);

        double[,] Normals(int height, int width) => Fill(
            height, width, (_, _) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    /// <summary>Every number times a factor.</summary>
    public static double[,] Scale(double[,] matrix, Func<int, int, double> factor) =>
        Fill(matrix.GetLength(0), matrix.GetLength(1), (row, column) => matrix[row, column] * factor(row, column));

    /// <summary>Numbers by their place.</summary>
    public static double[,] Fill(int rows, int columns, Func<int, int, double> number)
    {
        var result = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                result[row, column] = number(row, column);
            }
        }

        return result;
    }

    /// <summary>Matrix product.</summary>
    public static double[,] Product(double[,] first, double[,] second) => Fill(
        first.GetLength(0), second.GetLength(1),
        (row, column) => Enumerable.Range(0, second.GetLength(0)).Sum(term => first[row, term] * second[term, column]));

    private static double[,] Pick(double[,] matrix, Func<int, int, (int Row, int Column)> from) => Fill(
        matrix.GetLength(0), matrix.GetLength(1), (row, column) => matrix[from(row, column).Row, from(row, column).Column]);
}
