using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Core.Errors;

namespace Sweeper.Results.Folders;

/// <summary>Who made a results folder, for what, and in which format; written once.</summary>
/// <param name="Format">Version of the folder's layout and files.</param>
/// <param name="Sweep">Name of the sweep it belongs to.</param>
/// <param name="Experiment">Name of the experiment it belongs to.</param>
/// <param name="Sweeper">Version of the program.</param>
/// <param name="Commit">Commit of its source, where the build knew it.</param>
/// <param name="Dotnet">Runtime.</param>
/// <param name="Machine">Host name.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Created">When.</param>
public sealed record Provenance(
    int Format, string Sweep, string Experiment, string Sweeper, string? Commit, string Dotnet, string Machine, string System,
    DateTimeOffset Created)
{
    /// <summary>Layout that this build writes; it reads all up to this one.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>
    /// Of a folder, or null where there is none. Throws <see cref="SweepException"/> when it is unreadable or of a newer format.
    /// </summary>
    public static Provenance? Read(ResultFolder folder)
    {
        if (!File.Exists(folder.Provenance))
        {
            return null;
        }

        Provenance? read;
        try
        {
            read = JsonSerializer.Deserialize<Provenance>(File.ReadAllText(folder.Provenance), Json);
        }
        catch (JsonException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, "is not the provenance of a results folder",
                "restore it, or delete it: `sweeper run` writes a new one", folder.Provenance, fault);
        }

        return read is { Format: <= CurrentFormat } ? read : throw new SweepException(
            ExitCode.Preflight, $"the folder has format {read?.Format}, this sweeper knows formats up to {CurrentFormat}",
            "use the sweeper that made it or a newer one", folder.Provenance);
    }

    /// <summary>Throws when a folder belongs to another sweep or experiment, or to no sweep at all.</summary>
    public static void CheckOwner(ResultFolder folder, string sweep, string experiment)
    {
        if (Read(folder) is { } owner)
        {
            if (owner.Sweep != sweep || owner.Experiment != experiment)
            {
                throw new SweepException(
                    ExitCode.Preflight,
                    $"the folder holds sweep '{owner.Sweep}' of experiment '{owner.Experiment}', not '{sweep}' of '{experiment}'",
                    "give the sweep another name, or name another folder with --results", folder.Path);
            }
        }
        else if (!File.Exists(folder.Journal) && Directory.Exists(folder.Path)
            && Directory.EnumerateFileSystemEntries(folder.Path).Any(entry => !folder.Knows(entry)))
        {
            throw new SweepException(
                ExitCode.Preflight, "the folder is not empty and holds no sweep", "name another folder with --results", folder.Path);
        }
    }
}
