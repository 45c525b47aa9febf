using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Algebra;

/// <summary>What comes out of a decomposition depends on its matrix alone.</summary>
public sealed class SvdBitsTests
{
    /// <summary>Whoever has to change it makes other numbers: they are another version of the numerics class.</summary>
    private const string Digest = "5d5f603b7c2a8250";

    private static readonly (int Rows, int Columns)[] Shapes = [(1, 1), (5, 5), (12, 12), (7, 20), (20, 7), (33, 33)];

    public static TheoryData<int> AllShapes => [.. Enumerable.Range(0, Shapes.Length)];

    [Theory, MemberData(nameof(AllShapes))]
    public void Registers_of_all_widths_give_the_bits_of_one_lane(int shape)
    {
        var matrices = Mixed(shape);
        var expected = Bits(Decomposition.Of<OneLane<double>>(matrices));
        Assert.Equal(expected, Bits(Decomposition.Of<Lanes128<double>>(matrices)));
        Assert.Equal(expected, Bits(Decomposition.Of<Lanes256<double>>(matrices)));
        Assert.Equal(expected, Bits(Decomposition.Of<Lanes512<double>>(matrices)));
        Assert.Equal(expected, Bits(Decomposition.Of<Lanes512<double>>(matrices, threads: 2)));
    }

    [Theory, MemberData(nameof(AllShapes))]
    public void A_matrix_has_the_same_bits_in_any_place_among_any_others(int shape)
    {
        var matrices = Mixed(shape);
        double[][] alone = [.. matrices.Select(matrix => Decomposition.Of<Lanes512<double>>([matrix])[0].Numbers.ToArray())];
        var random = new Random(shape);
        foreach (var count in (int[])[1, 2, 7, 64])
        {
            int[] chosen = [.. Enumerable.Range(0, count).Select(_ => random.Next(matrices.Length))];
            var together = Decomposition.Of<Lanes512<double>>([.. chosen.Select(one => matrices[one])]);
            Assert.Equal(chosen.SelectMany(one => Bits(alone[one])), Bits(together));
        }
    }

    [Theory, MemberData(nameof(AllShapes))]
    public void Values_have_the_same_bits_with_and_without_vectors(int shape)
    {
        var matrices = Mixed(shape);
        Assert.Equal(
            Decomposition.Of<Lanes256<double>>(matrices).SelectMany(parts => Bits(parts.S)),
            Decomposition.Of<Lanes256<double>>(matrices, hasVectors: false).SelectMany(parts => Bits(parts.S)));
    }

    [Fact]
    public void They_are_the_same_on_every_machine()
    {
        // Whole numbers only: functions of the language's library differ between machines.
        double[][,] matrices = [.. Enumerable.Range(0, 40).Select(seed => TestMatrices.Of(MatrixKind.Integers, 9, 7, seed))];
        byte[] bytes = [.. MemoryMarshal.AsBytes<long>(Bits(Decomposition.Of<Lanes256<double>>(matrices)).ToArray())];
        Assert.Equal(Digest, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    /// <summary>Easy and hard ones, so that some are done long before others.</summary>
    private static double[][,] Mixed(int shape)
    {
        var (rows, columns) = Shapes[shape];
        double[][,] matrices =
        [
            .. Enum.GetValues<MatrixKind>().SelectMany(
                kind => Enumerable.Range(0, 3).Select(seed => TestMatrices.Of(kind, rows, columns, seed))),
        ];
        matrices[1][0, 0] = double.NaN;
        return matrices;
    }

    private static IEnumerable<long> Bits(IEnumerable<Decomposition> parts) => parts.SelectMany(one => Bits(one.Numbers));

    private static IEnumerable<long> Bits(IEnumerable<double> numbers) => numbers.Select(BitConverter.DoubleToInt64Bits);
}
