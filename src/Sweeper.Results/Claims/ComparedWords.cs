using System.Collections.Immutable;
using System.Text.Json;
using DuckDB.NET.Data;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>The words that a SELECT holds against a column, by `=`, `&lt;&gt;` or `IN`: the metrics that it asks for, its splits.</summary>
internal sealed class ComparedWords
{
    private const string Metric = "metric";

    private readonly ILookup<string, string> words;
    private readonly bool hasPatterns;

    private ComparedWords(IReadOnlyCollection<JsonElement> nodes)
    {
        words = nodes.SelectMany(Compared).Distinct().ToLookup(pair => pair.Column, pair => pair.Word);
        hasPatterns = nodes.Any(node =>
            Text(node, "class") == "FUNCTION" && node.GetProperty("children").EnumerateArray().Any(child => ColumnOf(child) == Metric));
    }

    /// <summary>The metrics that it names, each once, in order.</summary>
    public ImmutableArray<string> Metrics => Of(Metric);

    /// <summary>Whether it may mean other metrics, too: it names none, or chooses them by a function such as LIKE.</summary>
    public bool MayMeanOtherMetrics => Metrics.IsEmpty || hasPatterns;

    /// <summary>Those of a SELECT. Throws a usage fault for anything else.</summary>
    public static ComparedWords In(DuckDBConnection connection, string sql)
    {
        var tree = (string)ResultQuery.Run(connection, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", sql).Rows[0][0]!;
        using var document = JsonDocument.Parse(tree);
        return new ComparedWords([.. Nodes(document.RootElement)]);
    }

    /// <summary>The words that are held against columns of a name, each once, in order.</summary>
    public ImmutableArray<string> Of(string column) => [.. words[column]];

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

    private static IEnumerable<(string Column, string Word)> Compared(JsonElement node)
    {
        JsonElement[] operands = Text(node, "class") switch
        {
            "COMPARISON" => [node.GetProperty("left"), node.GetProperty("right")],
            "OPERATOR" when Text(node, "type") is "COMPARE_IN" or "COMPARE_NOT_IN" => [.. node.GetProperty("children").EnumerateArray()],
            _ => [],
        };
        return from column in operands.Select(ColumnOf).OfType<string>() from word in operands.Select(Literal).OfType<string>()
            select (column, word);
    }

    private static string? ColumnOf(JsonElement node) =>
        Text(node, "class") == "COLUMN_REF" ? node.GetProperty("column_names").EnumerateArray().Last().GetString() : null;

    private static string? Literal(JsonElement node) =>
        Text(node, "class") == "CONSTANT" && node.GetProperty("value").TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static string? Text(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
