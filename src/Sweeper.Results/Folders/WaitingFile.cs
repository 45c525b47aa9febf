using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sweeper.Core.Ports;

namespace Sweeper.Results.Folders;

/// <summary>
/// The file in which whoever runs a sweep says which workers wait and why, for `status`, which asks nobody. It is there while there are
/// some. Nothing depends on it: a disk that refuses it is no reason to stop.
/// </summary>
public static class WaitingFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Replaces what it says; of nobody there is no file.</summary>
    public static void Write(ResultFolder folder, ImmutableArray<WaitingWorker> workers)
    {
        try
        {
            if (workers.IsEmpty)
            {
                File.Delete(folder.Waiting);
                return;
            }

            var next = folder.Waiting + ".new";
            File.WriteAllText(next, JsonSerializer.Serialize(workers, Json) + "\n");
            File.Move(next, folder.Waiting, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next change is written again.
        }
    }

    /// <summary>What it says; nobody where it is not there or cannot be read.</summary>
    public static ImmutableArray<WaitingWorker> Read(ResultFolder folder)
    {
        try
        {
            return File.Exists(folder.Waiting)
                ? JsonSerializer.Deserialize<ImmutableArray<WaitingWorker>>(File.ReadAllText(folder.Waiting), Json)
                : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }
}
