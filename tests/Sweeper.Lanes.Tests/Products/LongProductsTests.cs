using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Products;

public sealed class LongProductsTests
{
    private const double Rounding = 1e-11;

    [Fact]
    public void A_thousand_layers_that_stretch_the_same_directions_spread_over_thousands_of_nats()
    {
        // Rotations of the plane and a third axis: each layer takes in what the one before puts out.
        double[] stretches = [3, 1, 0.2];
        var matrices = Enumerable.Range(0, 1000).Select(layer => Between(layer + 1, stretches, layer)).ToArray();
        var found = Product.Of(matrices).Last;
        Assert.All(stretches.Zip(found), one => Assert.Equal(1000 * Math.Log(one.First), one.Second, 1e-9));
    }

    [Fact]
    public void The_strongest_direction_may_be_any_axis()
    {
        var turned = Enumerable.Repeat(Diagonal(1e-3, 2, 1e5), 400).ToArray();
        var found = Product.Of(turned).Last;
        Assert.All(((double[])[1e5, 2, 1e-3]).Zip(found), one => Assert.Equal(400 * Math.Log(one.First), one.Second, 1e-9));
    }

    [Theory]
    [InlineData(1e-290)]
    [InlineData(1e290)]
    public void Numbers_near_the_ends_of_their_range_do_no_harm(double scale)
    {
        var (plain, scaled) = (Random(7, 5, 1), Random(7, 5, scale));
        var pairs = Product.Of(plain).Last.Zip(Product.Of(scaled).Last);
        Assert.All(pairs, one => Assert.Equal(one.First + 5 * Math.Log(scale), one.Second, 1e-9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(40)]
    public void Short_products_are_those_of_a_library(int side)
    {
        var matrices = Random(side, 3, 1);
        var svd = matrices.Select(Dense).Aggregate((product, matrix) => matrix * product).Svd();
        var found = Product.Of(matrices);
        Assert.All(svd.S.Zip(found.Last), one => Assert.Equal(Math.Log(one.First), one.Second, 1e-9));
        var cosines = svd.VT * Dense(found.Vectors[0]);
        Assert.Equal(0, (cosines.PointwiseAbs() - DenseMatrix.CreateIdentity(side)).InfinityNorm(), 1e-6);
    }

    [Fact]
    public void Logarithms_of_all_singular_values_add_up_to_those_of_the_determinants()
    {
        var matrices = Random(24, 200, 0.1);
        var expected = matrices.Sum(matrix => Math.Log(Math.Abs(Dense(matrix).Determinant())));
        var found = Product.Of(matrices);
        Assert.Equal(expected, found.Last.Sum(), 1e-8);
        Assert.Equal(expected, found.LogDiagonals.Sum(), 1e-8);
    }

    [Fact]
    public void The_first_diagonal_is_the_growth_of_the_first_axis()
    {
        var matrices = Random(9, 6, 1);
        var axis = Vector<double>.Build.Dense(9, at => at == 0 ? 1 : 0);
        var image = matrices.Select(Dense).Aggregate(axis, (vector, matrix) => matrix * vector);
        Assert.Equal(Math.Log(image.L2Norm()), Product.Of(matrices).LogDiagonals[0], Rounding);
    }

    [Fact]
    public void What_is_beyond_the_rank_is_undefined()
    {
        // Four, three and five open gates, which share none: the product is of the smallest number, in other places.
        var matrices = Gated(8, [[0, 1, 2, 3], [5, 6, 7], [0, 2, 4, 6, 7]]);
        var found = Product.Of(matrices);
        Assert.All(found.Last[..3], value => Assert.True(double.IsFinite(value)));
        Assert.All(found.Last[3..], value => Assert.Equal(double.NaN, value));
        Assert.All(found.LogDiagonals[3..], value => Assert.Equal(double.NaN, value));
        var dense = matrices.Select(Dense).Aggregate((product, matrix) => matrix * product).Svd();
        Assert.All(dense.S.Zip(found.Last[..3]), one => Assert.Equal(Math.Log(one.First), one.Second, 1e-9));
    }

    [Fact]
    public void A_layer_without_open_gates_leaves_nothing()
    {
        Assert.All(Product.Of(Gated(4, [[0, 1], [], [2, 3]])).Last, value => Assert.Equal(double.NaN, value));
        Assert.All(Product.Of(Diagonal(1, double.NaN)).Last, value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void Stops_on_the_way_are_products_of_their_own()
    {
        var matrices = Gated(12, [[0, 1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 5, 7, 9, 11]]);
        var along = Product.Of<Lanes256<double>>([matrices], [1, 3, 4])[0];
        Assert.Equal(Product.Of(matrices[..1]).Last, along.LogValues[0]);
        Assert.Equal(Product.Of(matrices[..3]).Last, along.LogValues[1]);
        Assert.Equal(Product.Of(matrices).Last, along.LogValues[2]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 50)]
    [InlineData(33, 20)]
    public void Registers_of_all_widths_give_the_bits_of_one_lane(int side, int depth)
    {
        double[][][,] products = [Random(side, depth, 1), Random(side, depth, 3), Random(side, depth, 1e-40)];
        var expected = Bits<OneLane<double>>(products, 1);
        Assert.Equal(expected, Bits<Lanes128<double>>(products, 1));
        Assert.Equal(expected, Bits<Lanes256<double>>(products, 1));
        Assert.Equal(expected, Bits<Lanes512<double>>(products, 1));
        Assert.Equal(expected, Bits<Lanes512<double>>(products, 2));
    }

    private static long[] Bits<TLanes>(double[][][,] products, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double> =>
    [
        .. Product.Of<TLanes>(products, [products[0].Length], threads: threads)
            .SelectMany(product => product.Numbers).Select(BitConverter.DoubleToInt64Bits),
    ];

    private static double[][,] Random(int side, int count, double scale)
    {
        var random = new Random(side);
        return [.. Enumerable.Range(0, count).Select(_ => Fill(side, (_, _) => scale * (random.NextDouble() - 0.5)))];
    }

    /// <summary>Random matrices of which, after each, only some rows are left.</summary>
    private static double[][,] Gated(int side, int[][] open)
    {
        var matrices = Random(side, open.Length, 1);
        return [.. matrices.Zip(open, (matrix, gates) => Fill(side, (row, column) => gates.Contains(row) ? matrix[row, column] : 0))];
    }

    /// <summary>Q_to diag Q_from^T with Q a rotation that depends on its place.</summary>
    private static double[,] Between(int to, double[] stretches, int from)
    {
        var product = Rotation(to) * DenseMatrix.CreateDiagonal(3, 3, at => stretches[at]) * Rotation(from).Transpose();
        return Fill(3, (row, column) => product[row, column]);
    }

    private static Matrix<double> Rotation(int place)
    {
        var (sine, cosine) = Math.SinCos(0.7 * place);
        return DenseMatrix.OfArray(new[,] { { cosine, -sine, 0 }, { sine, cosine, 0 }, { 0, 0, 1 } })
            * DenseMatrix.OfArray(new[,] { { 1, 0, 0 }, { 0, cosine, -sine }, { 0, sine, cosine } });
    }

    private static double[,] Diagonal(params double[] numbers) => Fill(numbers.Length, (row, column) => row == column ? numbers[row] : 0);

    private static Matrix<double> Dense(double[,] numbers) => DenseMatrix.OfArray(numbers);

    private static double[,] Fill(int side, Func<int, int, double> number)
    {
        var matrix = new double[side, side];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                matrix[row, column] = number(row, column);
            }
        }

        return matrix;
    }
}
