using Sweeper.Training.Running;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Running;

/// <summary>What is read of tensors at measurements.</summary>
public sealed class HostNumbersTests
{
    /// <summary>At every place of rows that fill registers or do not.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, double.NaN)]
    [InlineData(ScalarType.Float32, double.PositiveInfinity)]
    [InlineData(ScalarType.Float64, double.NegativeInfinity)]
    [InlineData(ScalarType.Float64, double.NaN)]
    public void A_row_with_one_number_that_is_not_finite_is_found(ScalarType type, double bad)
    {
        using var scope = NewDisposeScope();
        foreach (var size in (int[])[1, 7, 16, 37])
        {
            for (var place = 0; place < size; place++)
            {
                var rows = full([3, size], type == ScalarType.Float32 ? float.MaxValue : double.MaxValue, dtype: type);
                rows[1, place] = bad;
                Assert.Equal([true, false, true], HostNumbers.AreFinite(rows));
                var turned = rows.t().narrow(1, 1, 1);
                Assert.Equal([.. Enumerable.Range(0, size).Select(row => row != place)], HostNumbers.AreFinite(turned));
            }
        }
    }

    [Fact]
    public void What_is_not_finite_is_undefined()
    {
        using var scope = NewDisposeScope();
        var numbers = tensor([0.5, double.NaN, -3, double.PositiveInfinity, double.NegativeInfinity, 1e30]).view(2, 3);
        Assert.Equal([0.5, double.NaN, -3, double.NaN, double.NaN, 1e30], HostNumbers.Of(numbers));
        Assert.Equal([0.5, double.NaN, -3, double.NaN, double.NaN, 1e30f], HostNumbers.Of(numbers.to(ScalarType.Float32)));
    }

    [Fact]
    public void Numbers_that_lie_apart_are_read_in_their_order()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 2, 4, 1, 3, 5], HostNumbers.Of(arange(6, dtype: ScalarType.Float32).view(3, 2).t()));
    }
}
