using System.Globalization;

namespace Sweeper.Results.Figures;

/// <summary>Numbers as they stand on axes: three digits, powers of ten with a raised exponent.</summary>
internal static class NumberLabel
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>0, 0.25, 12, 1500, 10⁻⁶, 3.16×10⁻⁵.</summary>
    public static string Of(double number)
    {
        if (number == 0 || !double.IsFinite(number) || (Math.Abs(number) >= 1e-3 && Math.Abs(number) < 1e5))
        {
            return Minus(number.ToString("G3", CultureInfo.InvariantCulture) is var brief && brief.Contains('E', StringComparison.Ordinal)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : brief);
        }

        var parts = number.ToString("E2", CultureInfo.InvariantCulture).Split('E');
        var mantissa = parts[0].TrimEnd('0').TrimEnd('.');
        var power = Power(int.Parse(parts[1], CultureInfo.InvariantCulture));
        return mantissa switch
        {
            "1" => power,
            "-1" => "−" + power,
            _ => Minus(mantissa) + "×" + power,
        };
    }

    /// <summary>A power of ten: 1, 10, 10³, 10⁻².</summary>
    public static string Power(int exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + (exponent < 0 ? "⁻" : "") + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Raised[digit - '0'])),
    };

    private static string Minus(string text) => text.Replace('-', '−');
}
