using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sweeper.Tests.CommandLine;

/// <summary>Checks YAML against the part of JSON Schema that ours use; nothing of Sweeper is in it.</summary>
internal sealed class SchemaCheck(string schema)
{
    private static readonly string[] Known =
    [
        "$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "pattern", "minimum", "exclusiveMinimum", "maximum",
        "items", "minItems", "maxItems", "properties", "additionalProperties", "required", "anyOf",
    ];

    private readonly JsonNode root = JsonNode.Parse(schema)!;

    /// <summary>What is wrong with a text, one line each.</summary>
    public List<string> Faults(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var faults = new List<string>();
        Check(root, ToJson(stream.Documents[0].RootNode), "", faults);
        return faults;
    }

    private void Check(JsonNode schema, JsonNode? value, string path, List<string> faults)
    {
        var rules = schema.AsObject();
        Xunit.Assert.All(rules, rule => Xunit.Assert.Contains(rule.Key, Known));
        if (rules["$ref"] is { } reference)
        {
            var target = ((string)reference!)
                .TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, key) => node[key]!);
            Check(target, value, path, faults);
        }

        void Require(bool isMet, string rule)
        {
            if (!isMet)
            {
                faults.Add($"{path}: {rule} {rules[rule]?.ToJsonString()} refuses {value?.ToJsonString()}");
            }
        }

        if ((string?)rules["type"] is { } type)
        {
            Require(type switch
            {
                "object" => value is JsonObject,
                "array" => value is JsonArray,
                "string" => value is JsonValue text && text.TryGetValue<string>(out _),
                "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
                "integer" => value is JsonValue whole && whole.TryGetValue<double>(out var number) && Math.Floor(number) == number,
                _ => value is JsonValue real && real.TryGetValue<double>(out _),
            }, "type");
        }

        Require(rules["const"] is not { } constant || JsonNode.DeepEquals(constant, value), "const");
        Require(rules["enum"] is not JsonArray words || words.Any(word => JsonNode.DeepEquals(word, value)), "enum");
        Require((string?)rules["pattern"] is not { } pattern
            || (value is JsonValue named && named.TryGetValue<string>(out var name) && Regex.IsMatch(name, pattern)), "pattern");
        Require((double?)rules["minimum"] is not { } minimum
            || (value is JsonValue low && low.TryGetValue<double>(out var least) && least >= minimum), "minimum");
        Require((double?)rules["exclusiveMinimum"] is not { } bound
            || (value is JsonValue above && above.TryGetValue<double>(out var beyond) && beyond > bound), "exclusiveMinimum");
        Require((double?)rules["maximum"] is not { } maximum
            || (value is JsonValue high && high.TryGetValue<double>(out var most) && most <= maximum), "maximum");
        Require(rules["anyOf"] is not JsonArray choices || choices.Any(choice =>
        {
            var inside = new List<string>();
            Check(choice!, value, path, inside);
            return inside.Count == 0;
        }), "anyOf");
        if (value is JsonArray items)
        {
            Require(items.Count >= ((int?)rules["minItems"] ?? 0) && items.Count <= ((int?)rules["maxItems"] ?? int.MaxValue), "minItems");
            for (var i = 0; rules["items"] is { } each && i < items.Count; i++)
            {
                Check(each, items[i], $"{path}/{i}", faults);
            }
        }

        if (value is JsonObject table)
        {
            Require(rules["required"] is not JsonArray required || required.All(key => table.ContainsKey((string)key!)), "required");
            foreach (var (key, member) in table)
            {
                if (rules["properties"]?[key] is { } property)
                {
                    Check(property, member, $"{path}/{key}", faults);
                }
                else if (rules["additionalProperties"] is JsonObject others)
                {
                    Check(others, member, $"{path}/{key}", faults);
                }
                else if (rules["additionalProperties"] is not null)
                {
                    faults.Add($"{path}/{key} is not allowed");
                }
            }
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode table =>
            new JsonObject(table.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } plain when double.TryParse(
            plain.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "" } => null,
        var other => ((YamlScalarNode)other).Value,
    };
}
