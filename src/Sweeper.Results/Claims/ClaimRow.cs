using System.Globalization;
using System.Numerics;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>One thing that a claim compares: a row of its SELECT.</summary>
/// <param name="Ok">Whether it is as claimed; null counts as no.</param>
/// <param name="Value">What was measured: a number or a text.</param>
/// <param name="Expected">What it is held against; null where the claim's own words say it.</param>
/// <param name="Tolerance">How far `value` may be from `expected`; null where nothing says so.</param>
/// <param name="Error">Standard error of the value; null where there is none.</param>
/// <param name="Count">Seeds, or whatever it is a mean over; null where there is none.</param>
/// <param name="Label">What it was measured of, where the claim compares several things; else null.</param>
public sealed record ClaimRow(
    bool? Ok, object? Value, object? Expected, double? Tolerance, double? Error, long? Count, string? Label = null)
{
    private const int Digits = 4;
    private const int ErrorDigits = 2;

    /// <summary>Columns that a claim's SELECT may have; the first two are required.</summary>
    public static readonly string[] Columns = ["ok", "value", "expected", "tolerance", "se", "n", "label"];

    /// <summary>As people read it: `depth 4: 0.31 +- 0.02 (expected 0.3)`.</summary>
    public string Text => (Label is null ? "" : $"{Label}: ") + (Value is null ? "undefined" : Shown(Value))
        + (Error is { } error ? $" +- {Shown(error, ErrorDigits)}" : "")
        + (Expected is null ? "" : $" (expected {Shown(Expected)})");

    /// <summary>Whether it is missed by no more than twice the tolerance.</summary>
    public bool IsNear => Ok is false && Number(Value) is { } value && Number(Expected) is { } expected && Tolerance is { } tolerance
        && Math.Abs(value - expected) <= 2 * tolerance;

    private static string Shown(object value, int digits = Digits) =>
        ResultTable.Rounded(value is decimal number ? (double)number : value, digits);

    /// <summary>The rows of an answer whose columns are among these.</summary>
    internal static IEnumerable<ClaimRow> Of(ResultTable table)
    {
        object? Cell(object?[] row, string column) => table.Columns.IndexOf(column) is >= 0 and var at ? row[at] : null;
        return table.Rows.Select(row => new ClaimRow(
            Cell(row, "ok") as bool?, Cell(row, "value"), Cell(row, "expected"), Number(Cell(row, "tolerance")), Number(Cell(row, "se")),
            Number(Cell(row, "n")) is { } count ? (long)count : null,
            Cell(row, "label") is { } label ? ResultTable.Text(label) : null));
    }

    private static double? Number(object? value) => value switch
    {
        null or string or bool => null,
        BigInteger whole => (double)whole,
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? real : null,
        _ => null,
    };
}
