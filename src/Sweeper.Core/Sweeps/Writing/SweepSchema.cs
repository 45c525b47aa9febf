using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps.Writing;

/// <summary>JSON Schemas (draft 2020-12) of sweep files, for editors that complete names and underline misspelt ones.</summary>
public static class SweepSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private static readonly JsonSerializerOptions Options =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of one experiment's sweep files.</summary>
    public static string Of(ExperimentDeclaration experiment)
    {
        var schema = File(experiment, "#");
        schema.Insert(0, "$schema", Dialect);
        return schema.ToJsonString(Options) + "\n";
    }

    /// <summary>The schema of sweep files of any of these experiments.</summary>
    public static string OfAny(IEnumerable<ExperimentDeclaration> experiments)
    {
        var all = experiments.ToList();
        return new JsonObject
        {
            ["$schema"] = Dialect,
            ["anyOf"] = new JsonArray([.. all.Select(declared => Reference($"#/$defs/{declared.Name}"))]),
            ["$defs"] = new JsonObject(
                all.Select(declared => KeyValuePair.Create<string, JsonNode?>(declared.Name, File(declared, $"#/$defs/{declared.Name}")))),
        }.ToJsonString(Options) + "\n";
    }

    private static JsonObject File(ExperimentDeclaration experiment, string root)
    {
        var file = Closed([.. Keys(SweepKeyScope.File, experiment, root), .. Keys(SweepKeyScope.Profile, experiment, root)]);
        file.Insert(0, "title", $"Sweep of {experiment.Name}");
        file.Insert(1, "description", experiment.Doc);
        file["required"] = new JsonArray("sweep", "experiment");
        file["$defs"] = new JsonObject
        {
            ["values"] = Closed(
                [.. experiment.Hyperparameters.Select(declared => (declared.Name, (JsonNode)Described(declared, ValueOf(declared))))]),
            ["axes"] = Closed(
                [.. experiment.Hyperparameters.Select(declared => (declared.Name, (JsonNode)Described(declared, AxisOf(declared))))]),
            ["conditions"] = Closed([.. experiment.Hyperparameters.Select(declared => (declared.Name, (JsonNode)Typed("string")))]),
        };
        return file;
    }

    private static IEnumerable<(string, JsonNode)> Keys(SweepKeyScope scope, ExperimentDeclaration experiment, string root) =>
        SweepKeys.All.Where(key => key.Scope == scope).Select(key => (key.Name, SchemaOf(key, experiment, root)));

    private static JsonNode SchemaOf(SweepKey key, ExperimentDeclaration experiment, string root)
    {
        JsonNode Values() => Reference($"{root}/$defs/values");
        JsonNode Axes() => Reference($"{root}/$defs/axes");
        return key.Name switch
        {
            "sweep" => Pattern("^[a-z0-9][a-z0-9-]{0,79}$"),
            "experiment" => new JsonObject { ["const"] = experiment.Name },
            "profile" => Typed("string"),
            "profiles" => TableOf(Closed([.. Keys(SweepKeyScope.Profile, experiment, root)])),
            "allow_failed" => AtLeast("integer", 0),
            "fixed" => Values(),
            "grid" => Axes(),
            "zip" => List(Axes()),
            "grids" => List(Closed(("name", Typed("string")), ("fixed", Values()), ("grid", Axes()), ("zip", List(Axes())))),
            "derive" => TableOf(Typed("string")),
            "exclude" => List(Typed("string")),
            "when" => Reference($"{root}/$defs/conditions"),
            "seeds" => AnyOf(AtLeast("integer", 1), Pattern(@"^[0-9]+\.\.[0-9]+$"), List(AtLeast("integer", 0))),
            "measure" => List(Rule(experiment)),
            "lanes" => AtLeast("integer", 1),
            "figures" => List(AnyOf(Typed("string"), Figure(experiment))),
            "paper" => Typed("string"),
            // What is a number to YAML is a reason too: `width: 96`.
            "chosen" => Closed(
            [
                .. SweepSource.Names(experiment)
                    .Select(name => (name, (JsonNode)AnyOf(Typed("string"), Typed("number"), Typed("boolean")))),
            ]),
            "expect" => List(Claim()),
            "aggregate" => Closed(("diverged", Words(OptionReader.Drops))),
            "keep" => Closed(("weights", Words(OptionReader.Kept))),
            _ => throw new ArgumentException($"the key '{key.Name}' has no schema", nameof(key)),
        };
    }

    /// <summary>An entry of `measure`.</summary>
    private static JsonObject Rule(ExperimentDeclaration experiment)
    {
        var at = AnyOf(
            new JsonObject { ["const"] = "end" }, List(AtLeast("integer", 0)), Closed(("every", AtLeast("integer", 1))),
            Closed(("log", AtLeast("integer", 2))));
        var rule = Closed(("at", at), ("metrics", List(Words(experiment.Metrics.Select(metric => metric.Name)))));
        rule["required"] = new JsonArray("at", "metrics");
        return rule;
    }

    /// <summary>A figure that says how it is drawn; values of `where` are checked against the axes when the file is read.</summary>
    private static JsonObject Figure(ExperimentDeclaration experiment)
    {
        string[] words = ["kind", "name", "split", "x", "y", "scale_by", "panels", "rows", "colour"];
        string[] switches = ["seeds", "log_x", "log_y"];
        var figure = Closed(
        [
            ("metric", Words(experiment.Metrics.Select(metric => metric.Name))), .. words.Select(word => (word, (JsonNode)Typed("string"))),
            .. switches.Select(name => (name, (JsonNode)Typed("boolean"))), ("where", Typed("object")), ("baseline", Typed("object")),
            ("source", Words(["run", "theory", "discrepancy"])),
            ("mean", Words(["arithmetic", "geometric"])), ("spread", Words(["variance"])), ("mark", Words(["minimum", "maximum"])),
            ("bin", new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 }),
            ("reduce", Pattern(@"^(final|min(imum)?|max(imum)?|argm(in|ax)_step|step=[0-9]+|crossing\([^)]+\))$")),
        ]);
        figure["required"] = new JsonArray("metric");
        return figure;
    }

    /// <summary>An entry of `expect`; SQL and mutations are checked when the file is read.</summary>
    private static JsonObject Claim()
    {
        var claim =
            Closed([.. ClaimsReader.Keys.Select(key => (key, key == "breaks_when" ? (JsonNode)List(Typed("string")) : Typed("string")))]);
        claim["required"] = new JsonArray([.. ClaimsReader.Keys[..^1].Select(key => JsonValue.Create(key))]);
        return claim;
    }

    private static JsonObject ValueOf(Hyperparameter declared) => declared.Kind switch
    {
        ValueKind.Integer => Bounded("integer", declared),
        ValueKind.Real => Bounded("number", declared),
        ValueKind.Flag => Typed("boolean"),
        ValueKind.Choice => Words(declared.Choices),
        _ => List(Bounded("number", declared)),
    };

    private static JsonObject AxisOf(Hyperparameter declared)
    {
        var list = List(ValueOf(declared));
        list["minItems"] = 1;
        if (declared.Kind is not (ValueKind.Integer or ValueKind.Real))
        {
            return list;
        }

        string[] generators = ["linspace", "geomspace", "logspace", "range"];
        var call = Pattern($@"^\s*({string.Join('|', generators)})\s*\(.*\)\s*$");
        return AnyOf([list, call, .. generators.Select(name =>
        {
            var arguments = List(Typed("number"));
            (arguments["minItems"], arguments["maxItems"]) = (3, 3);
            var generator = Closed((name, arguments));
            generator["required"] = new JsonArray(name);
            return generator;
        })]);
    }

    private static JsonObject Described(Hyperparameter declared, JsonObject schema)
    {
        schema["description"] = $"{declared.Doc} Default {declared.Default}.";
        return schema;
    }

    private static JsonObject Bounded(string type, Hyperparameter declared)
    {
        var schema = Typed(type);
        if (double.IsFinite(declared.Minimum))
        {
            schema["minimum"] = declared.Minimum;
        }

        if (double.IsFinite(declared.Maximum))
        {
            schema["maximum"] = declared.Maximum;
        }

        return schema;
    }

    private static JsonObject Closed(params (string Key, JsonNode Schema)[] properties) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(
            properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Key, property.Schema))),
    };

    private static JsonObject TableOf(JsonNode values) => new() { ["type"] = "object", ["additionalProperties"] = values };

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonObject AtLeast(string type, int minimum) => new() { ["type"] = type, ["minimum"] = minimum };

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject List(JsonNode items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Words(IEnumerable<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };

    private static JsonObject Reference(string path) => new() { ["$ref"] = path };
}
