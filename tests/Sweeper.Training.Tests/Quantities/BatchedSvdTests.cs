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
}
