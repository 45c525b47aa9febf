using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sweeper.Running;

namespace Sweeper.Inspecting;

/// <summary>One line of a log, as Serilog's compact JSON has it.</summary>
/// <param name="Process">Whose log: the begin of its file's name, `run`, `coordinator`, `worker-lab7-cuda:0-12`.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Level">`Information`, `Warning`, ...</param>
/// <param name="Message">The message, rendered.</param>
/// <param name="Pack">The pack that it names, or null.</param>
/// <param name="Lease">The lease that it names, or null.</param>
/// <param name="Exception">The exception with its trace, or null.</param>
internal sealed partial record LogLine(
    string Process, DateTimeOffset At, string Level, string Message, string? Pack, long? Lease, string? Exception)
{
    /// <summary>Whether somebody should look at it.</summary>
    public bool IsTrouble => Level is "Warning" or "Error" or "Fatal";

    /// <summary>All lines of a folder of logs, one process after the other. A line that is still being written is left out.</summary>
    public static IEnumerable<LogLine> Read(string logs) => !Directory.Exists(logs)
        ? []
        : Directory.EnumerateFiles(logs, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(Lines).OfType<LogLine>();

    /// <summary>Logs of a worker that has a process of its own, oldest first; of one inside a run there are none.</summary>
    public static IEnumerable<string> FilesOf(string logs, string worker) => !Directory.Exists(logs)
        ? []
        : Directory.EnumerateFiles(logs, "*.jsonl").Where(path => Name(path) == Logs.WorkerName(worker)).Order(StringComparer.Ordinal);

    /// <summary>The name of a log's file without its time.</summary>
    private static string Name(string path) => Dated().Replace(Path.GetFileName(path), "");

    private static IEnumerable<LogLine?> Lines(string path)
    {
        var process = Name(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return Parse(process, line);
        }
    }

    private static LogLine? Parse(string process, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var line = document.RootElement;
            string? Text(string name) => line.TryGetProperty(name, out var value) ? Plain(value) : null;
            return new LogLine(
                process,
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

    [GeneratedRegex(@"-\d{8}-\d{6}\.jsonl\z")]
    private static partial Regex Dated();

    [GeneratedRegex(@"\{(\w+)(?::[^}]*)?\}")]
    private static partial Regex Placeholder();
}
