using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sweeper.Composition;

/// <summary>One line of a run's log, as Serilog's compact JSON has it.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Level">`Information`, `Warning`, ...</param>
/// <param name="Message">The message, rendered.</param>
/// <param name="Pack">The pack that it names, or null.</param>
/// <param name="Lease">The lease that it names, or null.</param>
/// <param name="Exception">The exception with its trace, or null.</param>
internal sealed partial record LogLine(DateTimeOffset At, string Level, string Message, string? Pack, long? Lease, string? Exception)
{
    /// <summary>Whether somebody should look at it.</summary>
    public bool IsTrouble => Level is "Warning" or "Error" or "Fatal";

    /// <summary>All lines of a folder of logs, oldest first. A line that is still being written is left out.</summary>
    public static IEnumerable<LogLine> Read(string logs) => !Directory.Exists(logs)
        ? []
        : Directory.EnumerateFiles(logs, "run-*.jsonl").Order(StringComparer.Ordinal).SelectMany(Lines).OfType<LogLine>();

    private static IEnumerable<LogLine?> Lines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return Parse(line);
        }
    }

    private static LogLine? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var line = document.RootElement;
            string? Text(string name) => line.TryGetProperty(name, out var value) ? Plain(value) : null;
            return new LogLine(
                DateTimeOffset.Parse(Text("@t")!, CultureInfo.InvariantCulture),
                Text("@l") ?? "Information",
                Placeholder().Replace(Text("@mt") ?? Text("@m") ?? "", hole => Text(hole.Groups[1].Value) ?? hole.Value),
                Text("Pack"),
                long.TryParse(Text("Lease"), NumberStyles.None, CultureInfo.InvariantCulture, out var lease) ? lease : null,
                Text("@x"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    [GeneratedRegex(@"\{(\w+)(?::[^}]*)?\}")]
    private static partial Regex Placeholder();
}
