using MathNet.Numerics.LinearAlgebra;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Algebra;

public sealed class SmallSvdTests
{
    private static readonly (int Rows, int Columns)[] Shapes =
        [(1, 1), (1, 5), (6, 1), (2, 2), (3, 5), (5, 3), (8, 8), (12, 12), (13, 13), (12, 40), (40, 12), (33, 32), (64, 64), (64, 100)];

    public static MatrixTheoryData<MatrixKind, int> Cases => new(Enum.GetValues<MatrixKind>(), Enumerable.Range(0, Shapes.Length));

    [Theory, MemberData(nameof(Cases))]
    public void It_puts_matrices_together_again_from_orthonormal_vectors_and_descending_values(MatrixKind kind, int shape)
    {
        var (rows, columns) = Shapes[shape];
        double[][,] matrices = [.. Enumerable.Range(0, 9).Select(seed => TestMatrices.Of(kind, rows, columns, seed))];
        foreach (var (matrix, parts) in matrices.Zip(Decomposition.Of<Lanes256<double>>(matrices)))
        {
            Assert.Equal(parts.S.OrderDescending(), parts.S);
            Assert.True(parts.S[^1] >= 0);
            Assert.True(parts.Skew <= 3e-15 * (rows + columns), $"{parts.Skew}");
            Assert.True(parts.Miss(matrix) <= 1e-15 * (rows + columns) * parts.S[0], $"{parts.Miss(matrix)} of {parts.S[0]}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Its_values_are_those_of_another_library(MatrixKind kind, int shape)
    {
        var (rows, columns) = Shapes[shape];
        var matrix = TestMatrices.Of(kind, rows, columns, 5);
        var expected = Matrix<double>.Build.DenseOfArray(matrix).Svd(computeVectors: false).S;
        var actual = Decomposition.Of<Lanes512<double>>([matrix])[0].S;
        Assert.All(actual.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-13 * expected[0]));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    [InlineData(1e300)]
    public void Neither_tiny_nor_huge_matrices_lose_anything(double scale)
    {
        var power = Math.ScaleB(1, Math.ILogB(scale));
        var matrix = TestMatrices.Of(MatrixKind.Gaussian, 12, 12, 1);
        var (usual, scaled) = (Decompose(matrix), Decompose(TestMatrices.Scale(matrix, (_, _) => power)));
        Assert.All(usual.S.Zip(scaled.S), pair => Assert.Equal(pair.First, pair.Second / power, 1e-14 * usual.S[0]));
        Assert.True(scaled.Skew < 1e-14);
    }

    [Fact]
    public void Of_denormal_numbers_it_finds_what_they_can_say()
    {
        const double Least = double.Epsilon;
        var parts = Decompose(new[,] { { 3 * Least, 0 }, { 0, 4 * Least } });
        Assert.Equal([4 * Least, 3 * Least], parts.S);
        Assert.True(parts.Skew < 1e-15);
    }

    /// <summary>Each small value of A is the inverse of a large one of A^-1, which is known exactly, and the other way round.</summary>
    [Theory]
    [InlineData(4, 10, 0)]
    [InlineData(8, 5, 0)]
    [InlineData(12, 12, 0)]
    [InlineData(12, 0, 12)]
    [InlineData(6, 80, 0)]
    [InlineData(6, 0, 80)]
    public void Of_matrices_that_are_well_conditioned_but_for_the_scales_of_rows_or_columns_every_value_has_all_digits(
        int size, int rowBits, int columnBits)
    {
        // B = L L^T of whole numbers has an inverse of whole numbers.
        var lower = TestMatrices.Fill(size, size, (row, column) => row == column ? 1 : row == column + 1 ? -1 : 0);
        var inverseLower = TestMatrices.Fill(size, size, (row, column) => row >= column ? 1 : 0);
        var core = TestMatrices.Product(Transposed(lower), lower);
        var inverse = TestMatrices.Product(inverseLower, Transposed(inverseLower));
        Assert.Equal(TestMatrices.Fill(size, size, (row, column) => row == column ? 1 : 0), TestMatrices.Product(core, inverse));
        double Row(int row) => Math.ScaleB(1, rowBits * ((row * 5 + 2) % size));
        double Column(int column) => Math.ScaleB(1, columnBits * ((column * 7 + 3) % size));
        var values = Decompose(TestMatrices.Scale(core, (row, column) => Row(row) * Column(column))).S;
        var inverses = Decompose(TestMatrices.Scale(inverse, (row, column) => 1 / Column(row) / Row(column))).S;
        Assert.All(values.Zip(inverses.Reverse()), pair => Assert.Equal(1, pair.First * pair.Second, 1e-13));

        static double[,] Transposed(double[,] matrix) =>
            TestMatrices.Fill(matrix.GetLength(1), matrix.GetLength(0), (row, column) => matrix[column, row]);
    }

    [Fact]
    public void Values_that_are_known_come_out_with_all_digits()
    {
        // Columns of this are orthogonal, and 4 long.
        var signs = TestMatrices.Fill(16, 16, (row, column) => int.PopCount(row & column) % 2 == 0 ? 1 : -1);
        var values = Decompose(TestMatrices.Scale(signs, (_, column) => Math.Pow(1e-6, column))).S;
        Assert.All(values.Index(), value => Assert.Equal(1, value.Item / (4 * Math.Pow(1e-6, value.Index)), 1e-14));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_matrix_that_is_not_finite_is_undefined_and_its_neighbours_do_not_notice(double number)
    {
        double[][,] matrices = [.. Enumerable.Range(0, 8).Select(seed => TestMatrices.Of(MatrixKind.Gaussian, 5, 4, seed))];
        var alone = Decomposition.Of<Lanes512<double>>(matrices);
        matrices[3][2, 1] = number;
        var together = Decomposition.Of<Lanes512<double>>(matrices);
        Assert.All(together[3].Numbers, value => Assert.Equal(double.NaN, value));
        for (var matrix = 0; matrix < matrices.Length; matrix++)
        {
            Assert.True(matrix == 3 || alone[matrix].Numbers.SequenceEqual(together[matrix].Numbers));
        }
    }

    /// <summary>Rows of Kahan's triangle are nearly dependent whatever their scales: substitution loses digits.</summary>
    [Theory]
    [InlineData(MatrixKind.Gaussian, 12, false)]
    [InlineData(MatrixKind.GradedBoth, 12, false)]
    [InlineData(MatrixKind.Gaussian, 64, false)]
    [InlineData(MatrixKind.PivotedKahan, 40, true)]
    public unsafe void Left_vectors_are_rotated_along_only_where_they_cannot_be_found_afterwards(MatrixKind kind, int side, bool isHard)
    {
        var matrix = TestMatrices.Of(kind, side, side, 1);
        double[] numbers = [.. matrix.Cast<double>()];
        var values = new double[side];
        using var group = new SvdGroup<OneLane<double>>(side, side, hasVectors: true);
        fixed (double* first = numbers, into = values)
        {
            var places = MatrixPlaces.Contiguous(1, side, side);
            group.Bring(first, places, 0, 0, 1);
            group.Decompose(0, 0, 1, new SvdTarget(new Matrices(into, MatrixPlaces.Contiguous(1, 1, side))));
        }

        Assert.Equal(isHard, group.IsRotatedAlong);
        Assert.True(Decompose(matrix).Skew <= 2e-15 * side);
    }

    private static Decomposition Decompose(double[,] matrix) => Decomposition.Of<Lanes256<double>>([matrix])[0];
}
