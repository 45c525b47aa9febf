using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sweeper.Core.Sweeps.Identity;

/// <summary>
/// JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) allows: no blanks, keys sorted by UTF-16 unit, numbers as
/// ECMAScript writes them. Pieces are strings that already are canonical.
/// </summary>
internal static class CanonicalJson
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    /// <summary>An object; keys are sorted here and must differ.</summary>
    public static string Object(IEnumerable<(string Key, string Json)> members) =>
        "{" + string.Join(
            ',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{Text(member.Key)}:{member.Json}")) + "}";

    /// <summary>An array.</summary>
    public static string Array(IEnumerable<string> items) => "[" + string.Join(',', items) + "]";

    /// <summary>true or false.</summary>
    public static string Flag(bool flag) => flag ? "true" : "false";

    /// <summary>A whole number of magnitude at most 2^53.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A finite double: the shortest digits that give it back, laid out as ECMA-262, Number::toString, does.</summary>
    public static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "JSON has no such number");
        }

        if (number == 0)
        {
            return "0";
        }

        // .NET writes the same shortest digits, with the point elsewhere.
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var found ? found : parts[0].Length;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var magnitude = point - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        return (number < 0 ? "-" : "") + Lay(digits, magnitude);
    }

    /// <summary>A string; only what must be escaped is.</summary>
    public static string Text(string text)
    {
        // Names and choices, a dozen for every trial, mostly need nothing.
        if (text.AsSpan().IndexOfAny(Escaped) < 0)
        {
            return $"\"{text}\"";
        }

        var json = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            json.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return json.Append('"').ToString();
    }

    /// <summary>Digits d1 d2 .. dk with the point after the n-th: 0.d1..dk * 10^n.</summary>
    private static string Lay(string digits, int n)
    {
        var k = digits.Length;
        if (n is > 0 and <= 21)
        {
            return k <= n ? digits + new string('0', n - k) : $"{digits[..n]}.{digits[n..]}";
        }

        if (n is > -6 and <= 0)
        {
            return $"0.{new string('0', -n)}{digits}";
        }

        var exponent = n - 1;
        var mantissa = k == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }
}
