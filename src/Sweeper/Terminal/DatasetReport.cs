using System.Globalization;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;

namespace Sweeper.Terminal;

/// <summary>Datasets as text: every file with its length, where it is, and whether it is what it should be.</summary>
internal static class DatasetReport
{
    /// <summary>Writes all of them; every file that is there is read once.</summary>
    public static void Write(TextWriter output, IEnumerable<Dataset> datasets, DataFolders folders)
    {
        TextTable.Write(output, ["dataset", "file", "bytes", "state"], datasets.SelectMany(dataset => dataset.Files.Select(file => new[]
        {
            dataset.Name, file.Name, file.Bytes.ToString(CultureInfo.InvariantCulture), State(folders.Find(dataset, file)),
        })));
        output.WriteLine();
        foreach (var dataset in datasets)
        {
            output.WriteLine($"{dataset.Name}: {dataset.Content}; from {dataset.Source}");
        }

        output.WriteLine();
        output.WriteLine(
            "looked for, in this order, in a folder of the dataset's name "
            + $"({string.Join(", ", datasets.Select(dataset => dataset.Folder).Distinct())}) or without one:");
        foreach (var root in folders.Roots)
        {
            output.WriteLine($"  {root}");
        }

        output.WriteLine($"{DataFolders.Variable} names another folder to look in first");
        if (datasets.OfType<MadeDataset>().Select(made => made.Name).ToArray() is { Length: > 0 } made)
        {
            output.WriteLine($"made here by `sweeper data NAME --make`, and stored in {folders.Home}: {string.Join(", ", made)}");
        }
    }

    private static string State(FoundFile? found) =>
        found is null ? "not found" : found.Fault() ?? $"intact (length and SHA-256): {found.Path}";
}
