using System.Globalization;
using System.Numerics;
using Sweeper.Core.Sweeps.Identity;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>
/// Arithmetic of conditions and derived values. What has no finite value (a division by 0, the root of a negative number, an
/// overflow) is undefined, and so is all that is computed from it; not-a-number stands for it. The same bits on every
/// processor and C library.
/// </summary>
internal static class Arithmetic
{
    /// <summary>An operator: + - * / or **.</summary>
    public static Func<double, double, double> Of(string sign) => sign switch
    {
        "+" => (a, b) => Defined(a + b),
        "-" => (a, b) => Defined(a - b),
        "*" => (a, b) => Defined(a * b),
        "/" => (a, b) => Defined(a / b),
        _ => Power,
    };

    /// <summary>15 significant decimal digits, as generated values of axes have: 1 / 0.1**2 is 100.</summary>
    public static double Rounded(double number)
    {
        Span<char> text = stackalloc char[32];
        return number.TryFormat(text, out var length, "E14", CultureInfo.InvariantCulture)
            ? Defined(double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture))
            : double.NaN;
    }

    /// <summary>Smaller, equal or greater; null where one of the two is undefined.</summary>
    public static int? Order(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);

    /// <summary>Whether two numbers are equal; null where one of the two is undefined.</summary>
    public static bool? AreEqual(double a, double b) => Order(a, b) is { } order ? order == 0 : null;

    /// <summary>
    /// a to the power of b: products for whole exponents, the root for 0.5, else 40-digit arithmetic and 15 significant digits.
    /// </summary>
    private static double Power(double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return double.NaN;
        }

        if (Math.Floor(b) == b && Math.Abs(b) <= 1L << 53)
        {
            var whole = Whole(a, (long)Math.Abs(b));
            return Defined(b < 0 ? 1 / whole : whole);
        }

        return b == 0.5 ? Defined(Math.Sqrt(a))
            : a > 0 ? Real(a, b)
            : a == 0 && b > 0 ? 0
            : double.NaN;
    }

    private static double Whole(double a, long exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            power = (exponent & 1) == 1 ? power * a : power;
            a *= a;
        }

        return power;
    }

    private static double Real(double a, double b)
    {
        var (numerator, denominator) = Exact(b).Fraction;
        var logarithm = FixedPoint.Ln(Exact(a)) * numerator / denominator;
        // Numbers end at e^709.8, and begin at e^-745.
        return BigInteger.Abs(logarithm) < 1000 * FixedPoint.One ? Defined(GeneratedValues.FromLogarithm(logarithm))
            : logarithm.Sign > 0 ? double.NaN
            : 0;
    }

    private static ExactDecimal Exact(double number) => YamlNumber.Exact(CanonicalJson.Number(number))!.Value;

    private static double Defined(double number) => double.IsFinite(number) ? number : double.NaN;
}
