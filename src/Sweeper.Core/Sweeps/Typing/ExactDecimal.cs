using System.Globalization;
using System.Numerics;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>
/// A decimal number exactly as typed, Mantissa * 10^Exponent. Axes are computed with these and rounded once, to 15 significant
/// digits, so that a value does not depend on how fine its axis is, on the processor, or on the C library.
/// </summary>
internal readonly record struct ExactDecimal(BigInteger Mantissa, int Exponent)
{
    private const int Digits = 15;

    /// <summary>Reads a number in YAML 1.2's decimal notation; false where it is none, or no finite double but 0 is near it.</summary>
    public static bool TryParse(string text, out ExactDecimal number)
    {
        number = default;
        if (!YamlNumber.IsDecimal(text) || YamlNumber.Vanishes(text) || !double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)))
        {
            return false;
        }

        var parts = text.Split('e', 'E');
        var point = parts[0].IndexOf('.');
        var mantissa = BigInteger.Parse(
            parts[0].Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var places = point < 0 ? 0 : parts[0].Length - point - 1;
        // The exponent of a zero may be too long for an int.
        number = mantissa.IsZero ? default
            : new ExactDecimal(mantissa, (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - places);
        return true;
    }

    /// <summary>The nearest double.</summary>
    public double ToDouble() => double.Parse($"{Mantissa}e{Exponent}", CultureInfo.InvariantCulture);

    /// <summary>The whole number it is, or null.</summary>
    public BigInteger? ToInteger()
    {
        var (numerator, denominator) = Fraction;
        return BigInteger.DivRem(numerator, denominator, out var rest) is var whole && rest.IsZero ? whole : null;
    }

    /// <summary>Numerator and denominator, the latter a power of ten.</summary>
    public (BigInteger Numerator, BigInteger Denominator) Fraction => Exponent >= 0
        ? (Mantissa * BigInteger.Pow(10, Exponent), BigInteger.One)
        : (Mantissa, BigInteger.Pow(10, -Exponent));

    /// <summary>The double nearest to a fraction rounded half up to 15 significant digits.</summary>
    public static double Round(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        var sign = numerator.Sign * denominator.Sign;
        numerator = BigInteger.Abs(numerator);
        denominator = BigInteger.Abs(denominator);
        var magnitude = (int)Math.Floor(BigInteger.Log10(numerator) - BigInteger.Log10(denominator));
        var scale = Digits - 1 - magnitude;
        var rounded = Scaled(numerator, denominator, scale);
        // The estimate of the magnitude may be one off near a power of ten.
        while (rounded >= BigInteger.Pow(10, Digits))
        {
            rounded = Scaled(numerator, denominator, --scale);
        }

        while (rounded < BigInteger.Pow(10, Digits - 1))
        {
            rounded = Scaled(numerator, denominator, ++scale);
        }

        return sign * double.Parse($"{rounded}e{-scale}", CultureInfo.InvariantCulture);
    }

    private static BigInteger Scaled(BigInteger numerator, BigInteger denominator, int scale)
    {
        var (top, bottom) = scale >= 0
            ? (numerator * BigInteger.Pow(10, scale), denominator)
            : (numerator, denominator * BigInteger.Pow(10, -scale));
        return (2 * top + bottom) / (2 * bottom);
    }
}
