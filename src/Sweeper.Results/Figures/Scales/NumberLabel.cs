using System.Globalization;

namespace Sweeper.Results.Figures.Scales;

/// <summary>Numbers as they stand on axes: three digits, powers of ten with a raised exponent.</summary>
internal static class NumberLabel
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>0, 0.25, 12, 1500, 10⁻⁶, 3.16×10⁻⁵, rounded to so many digits.</summary>
    public static string Of(double number, int digits = 3)
    {
        var size = Math.Abs(number);
        var text = number.ToString($"E{digits - 1}", CultureInfo.InvariantCulture).Split('E');
        if (text.Length == 1)
        {
            return text[0];
        }

        var exponent = int.Parse(text[1], CultureInfo.InvariantCulture);
        if (size == 0 || (size >= 1e-3 && size < 1e5))
        {
            return Minus(size >= Math.Pow(10, digits)
                ? number.ToString("0", CultureInfo.InvariantCulture)
                : number.ToString($"G{digits}", CultureInfo.InvariantCulture));
        }

        var mantissa = text[0].Contains('.', StringComparison.Ordinal) ? text[0].TrimEnd('0').TrimEnd('.') : text[0];
        return mantissa switch
        {
            "1" => Power(exponent),
            "-1" => "−" + Power(exponent),
            _ => Minus(mantissa) + "×" + Power(exponent),
        };
    }

    /// <summary>A power of ten: 1, 10, 10³, 10⁻².</summary>
    public static string Power(int exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + (exponent < 0 ? "⁻" : "") + string.Concat(
            Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Raised[digit - '0'])),
    };

    private static string Minus(string text) => text.Replace('-', '−');
}
