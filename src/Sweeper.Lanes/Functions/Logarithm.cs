namespace Sweeper.Lanes.Functions;

/// <summary>
/// Natural logarithms of numbers that are written m 2^e: the C library's differ from machine to machine. With m near 1, ln m is
/// 2 artanh((m - 1) / (m + 1)), by its series.
/// </summary>
internal static class Logarithm
{
    // Of ln 2 the part whose product with any exponent is exact, and the rest.
    private const double High = 0.693147180369123816490, Low = 1.90821492927058770002e-10;

    // (1 / 5.8)^(2 * 12) is less than half a unit in the last place.
    private const int Terms = 12;

    /// <summary>ln(number * 2^exponent) within two units in the last place; -infinity for 0, not a number below.</summary>
    public static double Of(double number, long exponent = 0)
    {
        if (!(number > 0) || double.IsInfinity(number))
        {
            return number == 0 ? double.NegativeInfinity : number > 0 ? number : double.NaN;
        }

        var (mantissa, power) = Binary.Split(number);
        if (mantissa < 0.70710678118654752)
        {
            (mantissa, power) = (mantissa * 2, power - 1);
        }

        var whole = (double)(power + exponent);
        var slope = (mantissa - 1) / (mantissa + 1);
        double square = slope * slope, sum = 0;
        for (var term = Terms; term > 0; term--)
        {
            sum = square * (sum + 1.0 / (2 * term + 1));
        }

        return whole * High + (2 * slope * (1 + sum) + whole * Low);
    }
}
