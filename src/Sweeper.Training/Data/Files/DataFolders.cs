using System.Collections.Immutable;

namespace Sweeper.Training.Data.Files;

/// <summary>Where datasets are looked for.</summary>
/// <param name="Roots">Folders, in order; a dataset is in its own folder there, or in the root itself.</param>
public sealed record DataFolders(ImmutableArray<string> Roots)
{
    /// <summary>Environment variable that names a folder to look in first.</summary>
    public const string Variable = "SWEEPER_DATA";

    /// <summary>Where data sets are stored that are made here; by default the last one.</summary>
    public string Home { get; init; } = Roots[^1];

    /// <summary>
    /// Those of this process: what the variable names, `data` in the current folder, the user's own. What is made is stored in the first of
    /// them, if it is named, else in the last.
    /// </summary>
    public static DataFolders Current
    {
        get
        {
            ImmutableArray<string> usual =
            [
                Path.GetFullPath("data"),
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "sweeper", "data"),
            ];
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
                ? new DataFolders([Path.GetFullPath(named), .. usual]) { Home = Path.GetFullPath(named) }
                : new DataFolders(usual);
        }
    }

    /// <summary>A file of a dataset, or null: the first of the right length, else the first of its name.</summary>
    public FoundFile? Find(Dataset dataset, DataFile file)
    {
        DataFile[] forms = file.Unpacked is { } unpacked ? [file, unpacked] : [file];
        FoundFile[] found =
        [
            .. Roots.SelectMany(root => new[] { Path.Combine(root, dataset.Folder), root })
                .SelectMany(_ => forms, (folder, form) => new FoundFile(Path.Combine(folder, form.Name), form))
                .Where(candidate => File.Exists(candidate.Path)),
        ];
        return found.FirstOrDefault(candidate => new FileInfo(candidate.Path).Length == candidate.Expected.Bytes) ?? found.FirstOrDefault();
    }
}
