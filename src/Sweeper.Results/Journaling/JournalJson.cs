using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Journaling;

/// <summary>How journal entries are spelled: snake_case members and a short stable `event`.</summary>
internal static class JournalJson
{
    /// <summary>Every event; a name once used is never given to another record.</summary>
    public static IReadOnlyList<JsonDerivedType> Events { get; } =
    [
        new(typeof(JournalEntry.Opened), "opened"),
        new(typeof(JournalEntry.Planned), "planned"),
        new(typeof(JournalEntry.NumericsFrozen), "numerics"),
        new(typeof(JournalEntry.Leased), "leased"),
        new(typeof(JournalEntry.AttemptEnded), "ended"),
        new(typeof(JournalEntry.CommitGranted), "granted"),
        new(typeof(JournalEntry.Committed), "committed"),
        new(typeof(JournalEntry.Merged), "merged"),
        new(typeof(JournalEntry.PackFailed), "failed"),
        new(typeof(JournalEntry.SegmentLost), "lost"),
        new(typeof(JournalEntry.Retried), "retried"),
        new(typeof(JournalEntry.Pruned), "pruned"),
        new(typeof(JournalEntry.Split), "split"),
    ];

    /// <summary>Options for <see cref="JournalEntry"/> and the parts of it that segments repeat.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        // Lines are for people too: `Adam's` rather than \u0027; nothing here is ever pasted into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Made when this is compiled: finding out about these types by reflection took longer than reading a journal.
        TypeInfoResolver = JournalTypes.Default.WithAddedModifier(NameEvents),
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new NameConverter<TrialId>(id => id.Hex, hex => new TrialId(hex)),
            new NameConverter<CurveId>(id => id.Hex, hex => new CurveId(hex)),
            new NameConverter<PackId>(id => id.Name, name => new PackId(name)),
            new TrialIdsConverter(),
            new ScheduleConverter(),
        },
    };

    private static void NameEvents(JsonTypeInfo type)
    {
        if (type.Type == typeof(JournalEntry))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "event" };
            foreach (var named in Events)
            {
                type.PolymorphismOptions.DerivedTypes.Add(named);
            }
        }
    }
}
