using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

public sealed class BatchedSvdTests
{
    [Fact]
    public void A_matrix_that_cannot_be_decomposed_is_undefined_and_leaves_the_others_alone()
    {
        using var scope = NewDisposeScope();
        var matrices = diag(tensor(new double[] { 3, 2, 1 })).expand(4, 3, 3).clone();
        matrices[2, 1, 1] = double.NaN;
        var singular = BatchedSvd.Full(matrices).S;
        Assert.All(singular[2].Numbers(), value => Assert.Equal(double.NaN, value));
        Assert.Equal([3, 2, 1], singular[3].Numbers());
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(5, 9)]
    [InlineData(64, 20)]
    [InlineData(64, 64)]
    public void Values_and_vectors_of_small_matrices_are_those_of_lapack_but_for_signs(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var matrices = Normals(2, 7, rows, columns);
        var modes = BatchedSvd.Full(matrices);
        var (u, s, vh) = linalg.svd(matrices, fullMatrices: false);
        Assert.True(((modes.S - s).abs() / s.narrow(-1, 0, 1)).max().Number() < 1e-12);
        // Neighbours of nearly equal values turn into each other: by how much hangs on the gap.
        var gaps = (s.narrow(-1, 0, s.shape[^1] - 1) - s.narrow(-1, 1, s.shape[^1] - 1)) / s.narrow(-1, 0, 1);
        var closest = gaps.amin([-1L]).unsqueeze(-1);
        Assert.True((((modes.U * u).sum(-2).abs() - 1).abs() * closest).max().Number() < 1e-12);
        Assert.True((((modes.V * vh.mT).sum(-2).abs() - 1).abs() * closest).max().Number() < 1e-12);
        Assert.True(((modes.U * modes.S.unsqueeze(-2)).matmul(modes.V.mT) - matrices).abs().max().Number() < 1e-12);
    }

    [Fact]
    public void Matrices_are_decomposed_where_they_lie_whatever_the_order_of_their_numbers()
    {
        using var scope = NewDisposeScope();
        var matrices = Normals(3, 5, 4, 6).to(ScalarType.Float32);
        var expected = BatchedSvd.Full(matrices);
        var turned = BatchedSvd.Full(matrices.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        var transposed = BatchedSvd.Full(matrices.mT.contiguous().mT);
        var wide = BatchedSvd.Full(matrices.to(ScalarType.Float64));
        Assert.All((Modes[])[turned, transposed, wide], modes =>
        {
            Assert.Equal(expected.U.Numbers(), modes.U.Numbers());
            Assert.Equal(expected.S.Numbers(), modes.S.Numbers());
            Assert.Equal(expected.V.Numbers(), modes.V.Numbers());
        });
        Assert.Equal(expected.U[1, 2].Numbers(), BatchedSvd.Full(matrices[1, 2]).U.Numbers());
        Assert.Equal(expected.V.Numbers(), BatchedSvd.Full(matrices.unsqueeze(2)).V.squeeze(2).Numbers());
        Assert.Equal(expected.V.select(1, 0).Numbers(), BatchedSvd.Full(matrices.narrow(1, 0, 1)).V.Numbers());
    }

    [Theory]
    [InlineData(12)]
    [InlineData(65)]
    public void Values_alone_are_those_that_come_with_vectors(int side)
    {
        using var scope = NewDisposeScope();
        var matrices = Normals(3, side, 70);
        Assert.Equal(BatchedSvd.Full(matrices).S.Numbers(), BatchedSvd.Values(matrices).Numbers());
    }

    [Fact]
    public void Every_rank_of_a_zero_matrix_is_zero()
    {
        using var scope = NewDisposeScope();
        var singular = zeros(1, 4, dtype: ScalarType.Float64);
        Assert.Equal(0, SpectrumStatistics.EffectiveRank(singular).Number());
        Assert.Equal(0, SpectrumStatistics.StableRank(singular).Number());
        Assert.Equal(0, SpectrumStatistics.Count90(singular).Number());
        Assert.Equal(0, SpectrumStatistics.Entropy(singular).Number());
    }

    private static Tensor Normals(params long[] shape) => tensor(
        Core.Randomness.RandomStreams.Noise(4, 0).NextGaussian((int)shape.Aggregate(1L, (product, length) => product * length)), shape);
}
