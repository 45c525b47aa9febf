using System.Text.Json;
using Sweeper.Bench.Results;

namespace Sweeper.Bench;

/// <summary>Rows that were measured, a file each.</summary>
internal static class KeptRows
{
    /// <summary>Where they are.</summary>
    public const string Words = "results/bench";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Keeps one, in place of an older one.</summary>
    public static void Keep(RowResult row)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(row.Row))!);
        File.WriteAllText(PathOf(row.Row), JsonSerializer.Serialize(row, Json));
    }

    /// <summary>One that is kept, or null.</summary>
    public static RowResult? Find(string row) =>
        File.Exists(PathOf(row)) ? JsonSerializer.Deserialize<RowResult>(File.ReadAllText(PathOf(row))) : null;

    private static string PathOf(string row) => Path.Combine(Checkout.Root, Words, $"{row}.json");
}
