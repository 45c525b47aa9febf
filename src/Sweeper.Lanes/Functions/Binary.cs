namespace Sweeper.Lanes.Functions;

/// <summary>Numbers as m 2^e: scales by powers of two round nothing.</summary>
internal static class Binary
{
    private const int Bias = 1022, MantissaBits = 52, ExponentMask = 0x7ff;

    // Brings numbers that are too small to have all digits among those that do.
    private const int Lift = 64;

    /// <summary>|m| in [1/2, 1), of a finite number that is not 0.</summary>
    public static (double Mantissa, long Exponent) Split(double number)
    {
        var lift = 0;
        if (!double.IsNormal(number))
        {
            (number, lift) = (number * PowerOfTwo(Lift), Lift);
        }

        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (bits >> MantissaBits) & ExponentMask;
        var mantissa = (bits & ~((long)ExponentMask << MantissaBits)) | ((long)Bias << MantissaBits);
        return (BitConverter.Int64BitsToDouble(mantissa), exponent - Bias - lift);
    }

    /// <summary>2^exponent; 0 below the normal numbers, infinite above them.</summary>
    public static double PowerOfTwo(long exponent) => exponent switch
    {
        <= -Bias => 0,
        > Bias + 1 => double.PositiveInfinity,
        _ => BitConverter.Int64BitsToDouble((exponent + Bias + 1) << MantissaBits),
    };
}
