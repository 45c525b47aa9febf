using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeper.Results.Journaling;

/// <summary>A type that wraps one string, spelled as that string.</summary>
internal sealed class NameConverter<T>(Func<T, string> toText, Func<string, T> fromText) : JsonConverter<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        fromText(reader.GetString() ?? throw new JsonException($"{typeToConvert.Name} is null"));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(toText(value));
}
