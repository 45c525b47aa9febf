namespace Sweeper.Lanes.Functions;

/// <summary>Whole powers by repeated squaring: multiplications only, so that every machine gives the same bits.</summary>
internal static class Power
{
    /// <summary>
    /// value to the power of <paramref name="exponent"/>, which is not negative; within some units in the last place for each squaring.
    /// </summary>
    public static double Of(double value, long exponent)
    {
        var result = 1.0;
        for (var square = value; exponent > 0; exponent >>= 1, square *= square)
        {
            result = (exponent & 1) == 1 ? result * square : result;
        }

        return result;
    }
}
