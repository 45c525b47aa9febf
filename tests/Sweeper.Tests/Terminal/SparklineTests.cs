using Sweeper.Terminal;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class SparklineTests
{
    [Fact]
    public void Equal_ratios_are_equal_heights() => Assert.Equal("█▇▆▅▄▃▂▁", Sparkline.Draw([128, 64, 32, 16, 8, 4, 2, 1], 8));

    [Fact]
    public void A_value_that_is_not_positive_makes_the_scale_linear() =>
        Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Draw([-3, -2, -1, 0, 1, 2, 3, 4], 8));

    [Fact]
    public void More_values_than_columns_show_the_last_of_each_column() => Assert.Equal("▁█", Sparkline.Draw([9, 9, 1, 9, 9, 2], 2));

    [Fact]
    public void What_is_not_finite_leaves_a_gap() => Assert.Equal("▁ █ ", Sparkline.Draw([1, double.NaN, 2, double.PositiveInfinity], 8));

    [Fact]
    public void A_constant_lies_in_the_middle_and_nothing_is_nothing()
    {
        Assert.Equal("▅▅", Sparkline.Draw([3, 3], 8));
        Assert.Equal("", Sparkline.Draw([], 8));
        Assert.Equal("  ", Sparkline.Draw([double.NaN, double.NaN], 8));
        Assert.Equal("", Sparkline.Draw([1, 2], -3));
    }
}
