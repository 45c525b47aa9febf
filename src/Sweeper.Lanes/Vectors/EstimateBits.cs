namespace Sweeper.Lanes.Vectors;

/// <summary>
/// From these, half of a number's bits are taken for an estimate of 1 / sqrt: the exponent comes out right, and the mantissa as straight
/// lines that are nowhere far off.
/// </summary>
internal static class EstimateBits
{
    /// <summary>For float.</summary>
    public const int Single = 0x5F3759DF;

    /// <summary>For double.</summary>
    public const long Double = 0x5FE6EB50C7B537A9;
}
