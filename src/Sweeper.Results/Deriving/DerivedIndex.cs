using System.Text.Json;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Deriving;

/// <summary>
/// `derived.json`: what every derived file was made from. Kept beside the files and not inside them, because their bytes
/// may depend on the rows only, not on which segments brought them.
/// </summary>
internal sealed class DerivedIndex
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ResultFolder folder;
    private readonly SortedDictionary<string, Entry> entries;

    /// <summary>Reads the index of a folder; an unreadable one is as good as none.</summary>
    public DerivedIndex(ResultFolder folder)
    {
        this.folder = folder;
        entries = new(Read(folder.Derived), StringComparer.Ordinal);
    }

    /// <summary>Files that the index knows, relative to the folder.</summary>
    public IReadOnlyList<string> Files => [.. entries.Keys];

    /// <summary>Whether a file was made from these inputs and still has the bytes it was given.</summary>
    public bool IsCurrent(string path, string inputs) =>
        entries.TryGetValue(Relative(path), out var entry) && entry.Inputs == inputs && File.Exists(path)
        && FileHash.Of(path) == entry.Sha256;

    /// <summary>Records files that were just written.</summary>
    public void Record(string inputs, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            entries[Relative(path)] = new Entry(inputs, FileHash.Of(path));
        }

        Save();
    }

    /// <summary>Removes a file that is not wanted any more.</summary>
    public void Remove(string relative)
    {
        File.Delete(Path.Combine(folder.Path, relative));
        entries.Remove(relative);
        Save();
    }

    private static Dictionary<string, Entry> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllText(path), Json) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void Save() =>
        DurableFile.ReplaceText(folder.Derived, folder.Staged("derived.json"), JsonSerializer.Serialize(entries, Json) + "\n");

    private string Relative(string path) => Path.GetRelativePath(folder.Path, path);

    private sealed record Entry(string Inputs, string Sha256);
}
