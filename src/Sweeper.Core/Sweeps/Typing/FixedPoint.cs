using System.Numerics;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>
/// Exponential and logarithm with 40 decimals in whole-number arithmetic: their doubles differ between C libraries, and a
/// trial's id must not.
/// </summary>
internal static class FixedPoint
{
    private const int Decimals = 40;
    private const int Halvings = 10;

    /// <summary>The number 1.</summary>
    public static BigInteger One { get; } = BigInteger.Pow(10, Decimals);

    /// <summary>ln 10.</summary>
    public static BigInteger Ln10 { get; } = LnOfDigit(10 * One);

    /// <summary>Natural logarithm of a positive decimal number.</summary>
    public static BigInteger Ln(ExactDecimal number)
    {
        var places = number.Mantissa.ToString().Length - 1;
        return LnOfDigit(number.Mantissa * One / BigInteger.Pow(10, places)) + (number.Exponent + places) * Ln10;
    }

    /// <summary>e^x for x from 0 to 3: Taylor's series of x / 1024, squared ten times.</summary>
    public static BigInteger Exp(BigInteger x)
    {
        var small = x / (1 << Halvings);
        var (sum, term) = (One, One);
        for (var n = 1; !term.IsZero; n++)
        {
            term = term * small / (One * n);
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
        {
            sum = sum * sum / One;
        }

        return sum;
    }

    /// <summary>ln x for x from 1 to 10: Halley's iteration triples the right digits of the double.</summary>
    private static BigInteger LnOfDigit(BigInteger x)
    {
        var y = new BigInteger(Math.Log((double)x / (double)One) * 1e15) * BigInteger.Pow(10, Decimals - 15);
        for (var i = 0; i < 3; i++)
        {
            var power = Exp(y);
            y += 2 * One * (x - power) / (x + power);
        }

        return y;
    }
}
