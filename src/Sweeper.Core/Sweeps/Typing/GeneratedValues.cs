using System.Numerics;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>
/// Values between two typed ends: exact or 40-digit arithmetic, then 15 significant digits. Ends are the typed numbers themselves.
/// </summary>
internal static class GeneratedValues
{
    /// <summary><paramref name="count"/> equally spaced values, both ends included.</summary>
    public static IEnumerable<double> Linear(ExactDecimal first, ExactDecimal last, int count)
    {
        var (a, b) = (first.Fraction, last.Fraction);
        for (var i = 0; i < count; i++)
        {
            var steps = count - 1;
            yield return i == 0 ? first.ToDouble() : i == steps ? last.ToDouble() : ExactDecimal.Round(
                a.Numerator * b.Denominator * (steps - i) + b.Numerator * a.Denominator * i, a.Denominator * b.Denominator * steps);
        }
    }

    /// <summary><paramref name="count"/> values with equal ratios, both ends included; ends are positive.</summary>
    public static IEnumerable<double> Geometric(ExactDecimal first, ExactDecimal last, int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i == 0 ? first.ToDouble() : i == count - 1 ? last.ToDouble() : Between(first, last, i, count - 1);
        }
    }

    /// <summary>Values from <paramref name="start"/> on in steps of <paramref name="step"/>.</summary>
    public static IEnumerable<double> Range(ExactDecimal start, ExactDecimal step, BigInteger count)
    {
        var (a, d) = (start.Fraction, step.Fraction);
        for (var i = BigInteger.Zero; i < count; i++)
        {
            yield return i.IsZero ? start.ToDouble() : ExactDecimal.Round(
                a.Numerator * d.Denominator + d.Numerator * a.Denominator * i, a.Denominator * d.Denominator);
        }
    }

    /// <summary>last^(i/n) rounded to a whole number, the same on every processor.</summary>
    public static long WholePower(long last, int i, int n)
    {
        var power = Math.Pow(last, (double)i / n);
        var isClear = Math.Abs(power - Math.Floor(power) - 0.5) > 1e-9 + 1e-12 * power;
        return (long)Math.Round(isClear || i == 0 || i == n ? power : Between(new ExactDecimal(1, 0), new ExactDecimal(last, 0), i, n));
    }

    /// <summary>How many steps lie in [start, stop): the quotient rounded up; negative where the step leads away.</summary>
    public static BigInteger RangeCount(ExactDecimal start, ExactDecimal stop, ExactDecimal step)
    {
        var (a, b, d) = (start.Fraction, stop.Fraction, step.Fraction);
        var distance = (b.Numerator * a.Denominator - a.Numerator * b.Denominator) * d.Denominator;
        var unit = d.Numerator * a.Denominator * b.Denominator;
        return -FloorDivide(-distance, unit);
    }

    /// <summary>first^(1 - i/n) * last^(i/n); a refined axis reduces i/n to the same fraction and so gives the same bits.</summary>
    private static double Between(ExactDecimal first, ExactDecimal last, int i, int n)
    {
        var common = (int)BigInteger.GreatestCommonDivisor(i, n);
        var (p, q) = (i / common, n / common);
        return FromLogarithm((FixedPoint.Ln(first) * (q - p) + FixedPoint.Ln(last) * p) / q);
    }

    /// <summary>
    /// e to the power of a logarithm (see <see cref="FixedPoint"/>), which is of a number that a double can hold, with 15 significant
    /// digits.
    /// </summary>
    public static double FromLogarithm(BigInteger logarithm)
    {
        var magnitude = (int)FloorDivide(logarithm, FixedPoint.Ln10);
        var digits = FixedPoint.Exp(logarithm - magnitude * FixedPoint.Ln10);
        return magnitude >= 0
            ? ExactDecimal.Round(digits * BigInteger.Pow(10, magnitude), FixedPoint.One)
            : ExactDecimal.Round(digits, FixedPoint.One * BigInteger.Pow(10, -magnitude));
    }

    private static BigInteger FloorDivide(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        return !rest.IsZero && (rest.Sign < 0) != (denominator.Sign < 0) ? quotient - 1 : quotient;
    }
}
