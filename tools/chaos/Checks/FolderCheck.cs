using System.Security.Cryptography;

namespace Sweeper.Chaos.Checks;

/// <summary>What must be so of a results folder once its sweep is done, whatever happened on the way.</summary>
internal static class FolderCheck
{
    /// <summary>What is not so; <paramref name="reference"/> is the folder of a sweep that nothing happened to.</summary>
    public static IReadOnlyList<string> Of(string folder, string reference)
    {
        if (!File.Exists(Path.Combine(folder, "curves.parquet")))
        {
            return [$"{folder} has no curves"];
        }

        var wrong = new List<string>();
        if (CurvesHash(folder) != CurvesHash(reference))
        {
            wrong.Add($"curves.parquet is {CurvesHash(folder)}, not {CurvesHash(reference)}");
        }

        foreach (var part in (string[])["staging", "checkpoints"])
        {
            wrong.AddRange(Files(Path.Combine(folder, part)).Select(file => $"{part}/{file} is left over"));
        }

        wrong.AddRange(JournalCheck.Of(folder));
        wrong.AddRange(RowCheck.Of(folder, reference));
        return wrong;
    }

    /// <summary>SHA-256 of a folder's `curves.parquet`.</summary>
    public static string CurvesHash(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "curves.parquet"))));

    private static IEnumerable<string?> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(Path.GetFileName) : [];
}
