using System.Collections.Immutable;
using Sweeper.Core.Errors;

namespace Sweeper.Training.Data.Files;

/// <summary>Datasets of this machine: checked once a process, kept in memory once they were asked for.</summary>
public static class DataStore
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, ImmutableArray<FoundFile>> Checked = [];
    private static readonly Dictionary<string, ImageSet> Loaded = [];

    /// <summary>The files of a dataset, intact. Throws <see cref="SweepException"/> (preflight) when one is missing or another file.</summary>
    public static ImmutableArray<FoundFile> Require(Dataset dataset)
    {
        lock (Gate)
        {
            return Checked.TryGetValue(dataset.Name, out var known) ? known : Checked[dataset.Name] = Check(dataset, DataFolders.Current);
        }
    }

    /// <summary>Its images.</summary>
    internal static ImageSet Load(Dataset dataset)
    {
        var files = Require(dataset);
        lock (Gate)
        {
            return Loaded.TryGetValue(dataset.Name, out var known) ? known : Loaded[dataset.Name] = Read(dataset, files);
        }
    }

    /// <summary>Reads the files of a dataset.</summary>
    internal static ImageSet Read(Dataset dataset, ImmutableArray<FoundFile> files) => dataset.Format switch
    {
        ImageFormat.Idx => IdxFile.Images(files, dataset.Shape),
        _ => CifarArchive.Read(files),
    };

    /// <summary>The files in some folders, intact.</summary>
    internal static ImmutableArray<FoundFile> Check(Dataset dataset, DataFolders folders)
    {
        var files = ImmutableArray.CreateBuilder<FoundFile>();
        var roots = string.Join(", ", folders.Roots);
        foreach (var file in dataset.Files)
        {
            var found = folders.Find(dataset, file);
            var problem = found is null ? $"{file.Name} of the dataset '{dataset.Name}' was not found" : found.Fault();
            if (problem is not null)
            {
                throw new SweepException(
                    ExitCode.Preflight, problem,
                    $"Put the published files into a folder '{dataset.Folder}' in one of {(found is null ? "these" : roots)}, or name another with {DataFolders.Variable}; they are from: {dataset.Source}.{Instead(dataset, folders)}",
                    found?.Path ?? roots);
            }

            files.Add(found!);
        }

        return files.ToImmutable();
    }

    /// <summary>Other files of the same publication that are here, for a first try.</summary>
    private static string Instead(Dataset lacking, DataFolders folders) => string.Concat(Datasets.All
        .Where(other => other != lacking && other.Folder == lacking.Folder
            && other.Files.All(file => folders.Find(other, file) is { } found && new FileInfo(found.Path).Length == found.Expected.Bytes))
        .Select(other => $" '{other.Name}' is here, {other.Shape.Images:#,0} images: it will do for a first try."));
}
