using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;

namespace Sweeper.Running;

/// <summary>What a coordinator has to run, in a file beside its address: the next one goes on with it.</summary>
/// <param name="cluster">The cluster file.</param>
/// <param name="state">Folder of what the coordinator keeps; null: that of the file.</param>
/// <param name="check">Throws when another coordinator has taken this one's place: the queue is no longer its own to write.</param>
internal sealed class SubmissionFile(string cluster, string? state = null, Action? check = null) : ISubmissionStore
{
    private readonly string path = Path.Combine(
        state ?? Path.GetDirectoryName(cluster)!, Path.ChangeExtension(Path.GetFileName(cluster), ".queue.json"));

    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <inheritdoc/>
    public string Cluster => cluster;

    /// <summary>Whether a folder is in it. Never throws: what cannot be read is nobody's promise.</summary>
    public bool Holds(string folder)
    {
        try
        {
            return Load().Any(submitted => Path.GetFullPath(submitted.Folder) == Path.GetFullPath(folder));
        }
        catch (Exception fault) when (fault is SweepException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SweepException">Preflight: the file is damaged.</exception>
    public ImmutableArray<Submission> Load()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ImmutableArray<Submission>>(File.ReadAllText(path), Json) : [];
        }
        catch (JsonException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, "this is no list of submitted sweeps",
                "move it away and submit again what had not ended: what is committed is kept", path, fault);
        }
    }

    /// <inheritdoc/>
    public void Save(ImmutableArray<Submission> submissions)
    {
        check?.Invoke();
        DurableFile.ReplaceText(path, path + ".new", JsonSerializer.Serialize(submissions, Json) + "\n");
    }
}
