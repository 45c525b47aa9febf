using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Numbers as YAML 1.2's core schema writes them: `010` is ten, `1e-3` is a number, 0x and 0o mark other bases.</summary>
internal static partial class YamlNumber
{
    /// <summary>More digits than any double needs to be told from its neighbours (767), and few enough to compute with.</summary>
    private const int MostCharacters = 1000;

    /// <summary>A decimal number, with or without point and exponent.</summary>
    public static bool IsDecimal(string text) => text.Length <= MostCharacters && Decimal().IsMatch(text);

    /// <summary>Whether a number is another than 0 as it is written, and 0 as a double: `1e-400`.</summary>
    public static bool Vanishes(string text) =>
        IsDecimal(text) && double.Parse(text, CultureInfo.InvariantCulture) == 0
            && text.Split('e', 'E')[0].AsSpan().ContainsAnyInRange('1', '9');

    /// <summary>A finite number, exactly; null for anything else, and for what <see cref="Vanishes"/>.</summary>
    public static ExactDecimal? Exact(string text)
    {
        if (ExactDecimal.TryParse(text, out var number))
        {
            return number;
        }

        return Based(text) is { } whole ? new ExactDecimal(whole, 0) : null;
    }

    /// <summary>The double that a number's text is nearest to; null for anything else, and for what <see cref="Vanishes"/>.</summary>
    public static double? Real(string text)
    {
        if (!IsDecimal(text))
        {
            return Based(text) is { } whole ? (double)whole : null;
        }

        return double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) && !Vanishes(text) ? number : null;
    }

    /// <summary>A whole number of magnitude at most 2^53, however it is written (2e3, 2000.0); null for anything else.</summary>
    public static long? Whole(string text) =>
        Exact(text)?.ToInteger() is { } whole && BigInteger.Abs(whole) <= 1L << 53 ? (long)whole : null;

    private static BigInteger? Based(string text)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        if (text.Length is < 3 or > 15 || !(isHexadecimal || text.StartsWith("0o", StringComparison.Ordinal)))
        {
            return null;
        }

        BigInteger value = 0;
        foreach (var digit in text.AsSpan(2))
        {
            if (!(isHexadecimal ? char.IsAsciiHexDigit(digit) : digit is >= '0' and <= '7'))
            {
                return null;
            }

            value = value * (isHexadecimal ? 16 : 8) + Convert.ToInt32(digit.ToString(), 16);
        }

        return value;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
