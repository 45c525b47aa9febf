using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>Puts right what Skia's SVG has wrong.</summary>
internal static partial class SvgText
{
    /// <summary>
    /// Takes the comma off the end of coordinate lists, which the grammar of SVG does not allow, and numbers identifiers
    /// from 1 in each file: Skia goes on counting for the life of the process, so that equal figures would differ.
    /// </summary>
    public static byte[] Tidy(byte[] svg)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var text = TrailingComma().Replace(Encoding.UTF8.GetString(svg), "$1\"");
        return Encoding.UTF8.GetBytes(Identifier().Replace(text, match =>
        {
            if (!numbers.TryGetValue(match.Value, out var number))
            {
                numbers.Add(match.Value, number = numbers.Count + 1);
            }

            return match.Groups[1].Value + number.ToString(CultureInfo.InvariantCulture);
        }));
    }

    [GeneratedRegex("""( [xy]="[^"<>]*), """ + "\"")]
    private static partial Regex TrailingComma();

    [GeneratedRegex("""((?<=id="|url\(#)[a-z]+_)[0-9a-f]+""")]
    private static partial Regex Identifier();
}
