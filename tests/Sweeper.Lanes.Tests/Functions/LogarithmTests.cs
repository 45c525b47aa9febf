using Sweeper.Lanes.Functions;
using Xunit;

namespace Sweeper.Lanes.Tests.Functions;

public sealed class LogarithmTests
{
    [Theory]
    [InlineData(1e-320)]
    [InlineData(1e-300)]
    [InlineData(0.3)]
    [InlineData(0.7071067811865475)]
    [InlineData(0.9999999999999999)]
    [InlineData(1)]
    [InlineData(1.0000000000000002)]
    [InlineData(1.4142135623730951)]
    [InlineData(17)]
    [InlineData(1e300)]
    public void Is_that_of_the_language_to_two_units_in_the_last_place(double number)
    {
        var expected = Math.Log(number);
        var unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        Assert.InRange(Logarithm.Of(number), expected - 2 * unit, expected + 2 * unit);
    }

    [Fact]
    public void Exponents_may_be_beyond_those_of_numbers()
    {
        Assert.Equal(5000 * Math.Log(2) + Math.Log(3), Logarithm.Of(3, 5000), 1e-12);
        Assert.Equal(-5000 * Math.Log(2) + Math.Log(3), Logarithm.Of(3, -5000), 1e-12);
        Assert.Equal(double.NegativeInfinity, Logarithm.Of(0));
        Assert.Equal(double.NaN, Logarithm.Of(-1));
        Assert.Equal(double.PositiveInfinity, Logarithm.Of(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-6.5)]
    [InlineData(5e-324)]
    [InlineData(1.7e308)]
    public void A_number_is_its_parts(double number)
    {
        var (mantissa, exponent) = Binary.Split(number);
        Assert.InRange(Math.Abs(mantissa), 0.5, 1 - 1e-16);
        Assert.Equal(number, Math.ScaleB(mantissa, (int)exponent));
    }

    [Fact]
    public void Powers_of_two_are_normal_numbers_or_the_ends()
    {
        Assert.Equal(Math.ScaleB(1, 1023), Binary.PowerOfTwo(1023));
        Assert.Equal(Math.ScaleB(1, -1021), Binary.PowerOfTwo(-1021));
        Assert.Equal(0, Binary.PowerOfTwo(-5000));
        Assert.Equal(double.PositiveInfinity, Binary.PowerOfTwo(5000));
    }
}
