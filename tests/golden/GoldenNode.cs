using System.Text.Json;

namespace Sweeper.Golden;

/// <summary>
/// A value of a vector file that remembers whether it was looked at, so that a field nobody reads (a new one, a misspelt
/// one) fails instead of passing by.
/// </summary>
internal sealed class GoldenNode(JsonElement json, string path)
{
    private Dictionary<string, GoldenNode>? children;
    private GoldenNode[]? items;
    private bool isRead;

    /// <summary>Where it is: `block.field[index]`.</summary>
    public string Path => path;

    /// <summary>A field; throws when it is absent.</summary>
    public GoldenNode this[string name] => Find(name) ?? throw new InvalidDataException($"{path} has no field '{name}'");

    /// <summary>A field, or null.</summary>
    public GoldenNode? Find(string name) => Children.GetValueOrDefault(name);

    /// <summary>All fields of an object, for objects whose field names are data (runs, tensors).</summary>
    public IEnumerable<(string Name, GoldenNode Node)> Fields => Children.Select(child => (child.Key, child.Value));

    /// <summary>The elements of a list.</summary>
    public GoldenNode[] Items => items ??= [.. json.EnumerateArray().Select((item, index) => new GoldenNode(item, $"{path}[{index}]"))];

    /// <summary>Whether it has fields.</summary>
    public bool IsObject => json.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is the JSON null.</summary>
    public bool IsNull => Read().ValueKind == JsonValueKind.Null;

    /// <summary>Marks known fields as not this check's business: prose, or values that it does not compute.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Find(name)?.Read();
        }
    }

    public string Text() => Read().GetString()!;

    public bool Flag() => Read().GetBoolean();

    public long Integer() => Read().GetInt64();

    /// <summary>A number; the strings "-inf", "+inf" and "nan" are numbers too.</summary>
    public double Number() => Number(Read());

    /// <summary>All numbers of a list, of a list of lists, ... in row-major order; one for a plain number.</summary>
    public double[] Numbers() => [.. Flatten(Read())];

    /// <summary>A list of equally long rows.</summary>
    public double[][] Matrix() => [.. Items.Select(row => row.Numbers())];

    /// <summary>Paths of what was never looked at, as a whole or in all its parts.</summary>
    public IEnumerable<string> Unread()
    {
        if (isRead)
        {
            return [];
        }

        return (children?.Values ?? items as IEnumerable<GoldenNode>)?.SelectMany(part => part.Unread()) ?? [path];
    }

    private Dictionary<string, GoldenNode> Children => children ??=
        json.EnumerateObject()
            .ToDictionary(property => property.Name, property => new GoldenNode(property.Value, $"{path}.{property.Name}"));

    private JsonElement Read()
    {
        isRead = true;
        return json;
    }

    private static IEnumerable<double> Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [Number(element)];

    private static double Number(JsonElement element) => element.ValueKind != JsonValueKind.String
        ? element.GetDouble()
        : element.GetString() switch
        {
            "-inf" => double.NegativeInfinity,
            "+inf" or "inf" => double.PositiveInfinity,
            "nan" => double.NaN,
            var text => throw new InvalidDataException($"'{text}' is no number"),
        };
}
