using System.Numerics;
using Sweeper.Lanes.Functions;
using Xunit;

namespace Sweeper.Lanes.Tests.Functions;

public sealed class PowerTests
{
    [Theory]
    [InlineData(2.0, 0, 1.0)]
    [InlineData(2.0, 10, 1024.0)]
    [InlineData(-3.0, 5, -243.0)]
    [InlineData(0.5, 1074, double.Epsilon)]
    [InlineData(0.0, 0, 1.0)]
    [InlineData(1.0, long.MaxValue, 1.0)]
    public void Whole_powers(double value, long exponent, double wanted) => Assert.Equal(wanted, Power.Of(value, exponent));

    /// <summary>999^n / 1000^n in whole numbers; 0.999 itself is not 999/1000, and that error is multiplied by n.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(12345)]
    public void Of_a_decay_after_many_updates(int updates)
    {
        const int Digits = 400;
        var exact = (double)((BigInteger.Pow(999, updates) << Digits) / BigInteger.Pow(1000, updates)) / Math.ScaleB(1, Digits);
        Assert.InRange(Power.Of(0.999, updates) / exact - 1, -updates * 2e-16, updates * 2e-16);
    }
}
