using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Journaling;

/// <summary>The trials of a pack, which make most of a journal: ["0123...", ...].</summary>
internal sealed class TrialIdsConverter : JsonConverter<ImmutableArray<TrialId>>
{
    private int usual;

    /// <inheritdoc/>
    public override ImmutableArray<TrialId> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("trials are no list");
        }

        // Packs of a plan have as many trials, most of the time.
        var ids = ImmutableArray.CreateBuilder<TrialId>(usual);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ids.Add(new TrialId(reader.GetString() ?? throw new JsonException("a trial is null")));
        }

        usual = ids.Count;
        return ids.DrainToImmutable();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImmutableArray<TrialId> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var id in value)
        {
            writer.WriteStringValue(id.Hex);
        }

        writer.WriteEndArray();
    }
}
