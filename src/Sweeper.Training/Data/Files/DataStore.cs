using System.Collections.Immutable;
using System.Security.Cryptography;
using Sweeper.Core.Errors;
using Sweeper.Training.Data.Made;

namespace Sweeper.Training.Data.Files;

/// <summary>Datasets of this machine: checked once a process, kept in memory once they were asked for.</summary>
public static class DataStore
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, ImmutableArray<FoundFile>> Checked = [];
    private static readonly Dictionary<string, ImageSet> Loaded = [];

    /// <summary>
    /// The files of a dataset, intact. Throws <see cref="SweepException"/> (preflight) when one is missing or another file.
    /// </summary>
    public static ImmutableArray<FoundFile> Require(Dataset dataset)
    {
        lock (Gate)
        {
            return Checked.TryGetValue(dataset.Name, out var known) ? known : Checked[dataset.Name] = Check(dataset, DataFolders.Current);
        }
    }

    /// <summary>Its images.</summary>
    internal static ImageSet Load(ImageDataset dataset)
    {
        var files = Require(dataset);
        lock (Gate)
        {
            return Loaded.TryGetValue(dataset.Name, out var known) ? known : Loaded[dataset.Name] = Read(dataset, files);
        }
    }

    /// <summary>The bytes of a data set of one file.</summary>
    internal static byte[] Content(MadeDataset dataset) => Require(dataset)[0].Content();

    /// <summary>Reads the files of a dataset.</summary>
    internal static ImageSet Read(ImageDataset dataset, ImmutableArray<FoundFile> files) => dataset.Format switch
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
                    dataset.Remedy(found is null ? "these" : roots) + Instead(dataset, folders),
                    found?.Path ?? roots);
            }

            files.Add(found!);
        }

        return files.ToImmutable();
    }

    /// <summary>
    /// Makes a data set and stores it, unless it is here and intact. Throws <see cref="SweepException"/> (preflight) where the package is
    /// not here, or where other bytes came out than those that trials' ids name: nothing is stored then.
    /// </summary>
    /// <returns>Its file, and whether it was made now.</returns>
    public static (string Path, bool IsNew) Make(MadeDataset dataset, DataFolders folders)
    {
        if (folders.Find(dataset, dataset.File) is { } found && found.Fault() is null)
        {
            return (found.Path, false);
        }

        var content = dataset.Make();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (hash != dataset.File.Sha256)
        {
            throw new SweepException(
                ExitCode.Preflight,
                $"what was made of '{dataset.Name}' is not what trials learn: its SHA-256 is {hash}, not {dataset.File.Sha256}",
                $"It is meant to be made from {dataset.Package}; `dpkg -s {dataset.Package.Name}` says which version is here. "
                + $"{dataset.File.Name} of another machine will do: put it into a folder '{dataset.Folder}' in {folders.Home}.");
        }

        var folder = Directory.CreateDirectory(Path.Combine(folders.Home, dataset.Folder)).FullName;
        var (path, unfinished) = (
            Path.Combine(folder, dataset.File.Name), Path.Combine(folder, $".{dataset.File.Name}.{Environment.ProcessId}"));
        File.WriteAllBytes(unfinished, content);
        File.Move(unfinished, path, overwrite: true);
        return (path, true);
    }

    /// <summary>Other files of the same publication that are here, for a first try.</summary>
    private static string Instead(Dataset lacking, DataFolders folders) => string.Concat(Datasets.Images
        .Where(other => other != lacking && other.Folder == lacking.Folder
            && other.Files.All(file => folders.Find(other, file) is { } found && new FileInfo(found.Path).Length == found.Expected.Bytes))
        .Select(other => $" '{other.Name}' is here, {other.Shape.Images:#,0} images: it will do for a first try."));
}
