using System.Numerics;

namespace Sweeper.Lanes.Tests.Functions;

/// <summary>exp of numbers from -710 to 0 in whole multiples of 2^-1400, of which more than 300 significant bits are right.</summary>
internal static class PreciseExponential
{
    private const int Digits = 1400;
    private const int Halvings = 16;

    /// <summary>How far a result is from exp(x), in units of its last place.</summary>
    /// <param name="x">At most 0.</param>
    /// <param name="result">A normal number.</param>
    /// <param name="mantissa">Bits after the point: 23 or 52.</param>
    public static double Error(double x, double result, int mantissa)
    {
        const int Fraction = 20;
        var unit = BigInteger.One << Digits + Math.ILogB(result) - mantissa;
        return (double)((BigInteger.Abs(Fixed(result) - Of(x)) << Fraction) / unit) / (1 << Fraction);
    }

    /// <summary>exp(x) = exp(x / 2^16)^(2^16), the inner one by its series.</summary>
    private static BigInteger Of(double x)
    {
        var small = Fixed(x) >> Halvings;
        BigInteger sum = BigInteger.One << Digits, term = sum;
        for (var power = 1; !term.IsZero && term != BigInteger.MinusOne; power++)
        {
            term = (term * small >> Digits) / power;
            sum += term;
        }

        for (var doubling = 0; doubling < Halvings; doubling++)
        {
            sum = sum * sum >> Digits;
        }

        return sum;
    }

    private static BigInteger Fixed(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var power = (int)(bits >> 52 & 0x7FF);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (power == 0 ? 0 : 1L << 52);
        var shift = Math.Max(power, 1) - 1075 + Digits;
        var magnitude = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return bits < 0 ? -magnitude : magnitude;
    }
}
