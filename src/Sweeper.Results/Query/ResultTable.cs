using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sweeper.Results.Query;

/// <summary>Rows of a query, with their columns.</summary>
/// <param name="Columns">Names, in order.</param>
/// <param name="Rows">Values aligned with the columns: null, bool, whole numbers, double, string, or lists of these.</param>
public sealed record ResultTable(ImmutableArray<string> Columns, IReadOnlyList<object?[]> Rows)
{
    private const int AllDigits = 17;

    /// <summary>
    /// A value as people and CSV readers see it: invariant culture, shortest form that reads back to the same number; null is empty.
    /// </summary>
    public static string Text(object? value) => Rounded(value, AllDigits);

    /// <summary>The same with so many significant digits of a double at most.</summary>
    public static string Rounded(object? value, int digits) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        double number => number.ToString(digits < AllDigits ? $"G{digits}" : "R", CultureInfo.InvariantCulture),
        string word => word,
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(item => Rounded(item, digits))) + "]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>RFC 4180, with `\n` line ends.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        text.Append(CsvLine(Columns)).Append('\n');
        foreach (var row in Rows)
        {
            text.Append(CsvLine(row)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>One line of CSV without its end.</summary>
    public static string CsvLine(IEnumerable<object?> row) => string.Join(',', row.Select(value => Quoted(Text(value))));

    /// <summary>An array with one object for each row.</summary>
    public string ToJson()
    {
        var rows = Rows.Select(row => Columns.Zip(row).ToDictionary(pair => pair.First, pair => JsonValue(pair.Second)));
        return JsonSerializer.Serialize(rows) + "\n";
    }

    private static object? JsonValue(object? value) => value is double number && !double.IsFinite(number) ? Text(number) : value;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
