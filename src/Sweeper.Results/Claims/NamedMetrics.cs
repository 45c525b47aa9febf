using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>The metrics that a SELECT names: words that it holds against a column `metric`, by `=`, `&lt;&gt;` or `IN`.</summary>
internal static class NamedMetrics
{
    private const string Column = "metric";

    /// <summary>Each once, in order. Throws a usage fault for what is not a SELECT.</summary>
    public static ImmutableArray<string> In(DuckDBConnection connection, string sql) =>
        Read(connection, sql, nodes => nodes.SelectMany(Compared).Distinct().ToImmutableArray());

    /// <summary>Whether it may mean others, too: it names none, or chooses them by a function such as LIKE.</summary>
    public static bool MayBeOthers(DuckDBConnection connection, string sql) => In(connection, sql).IsEmpty || Read(connection, sql, nodes =>
        nodes.Any(node => Text(node, "class") == "FUNCTION" && node.GetProperty("children").EnumerateArray().Any(IsMetric)));

    private static T Read<T>(DuckDBConnection connection, string sql, Func<IEnumerable<JsonElement>, T> read)
    {
        var tree = (string)ResultQuery.Run(connection, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", sql).Rows[0][0]!;
        using var document = JsonDocument.Parse(tree);
        return read(Nodes(document.RootElement));
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement element)
    {
        var children = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(property => property.Value),
            JsonValueKind.Array => element.EnumerateArray(),
            _ => [],
        };
        return children.SelectMany(Nodes).Prepend(element);
    }

    private static IEnumerable<string> Compared(JsonElement node)
    {
        JsonElement[] operands = Text(node, "class") switch
        {
            "COMPARISON" => [node.GetProperty("left"), node.GetProperty("right")],
            "OPERATOR" when Text(node, "type") is "COMPARE_IN" or "COMPARE_NOT_IN" => [.. node.GetProperty("children").EnumerateArray()],
            _ => [],
        };
        return operands.Any(IsMetric) ? operands.Select(Literal).OfType<string>() : [];
    }

    private static bool IsMetric(JsonElement node) =>
        Text(node, "class") == "COLUMN_REF" && node.GetProperty("column_names").EnumerateArray().Last().GetString() == Column;

    private static string? Literal(JsonElement node) =>
        Text(node, "class") == "CONSTANT" && node.GetProperty("value").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static string? Text(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
