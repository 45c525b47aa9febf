namespace Sweeper.Chaos;

/// <summary>What a results folder says about the moment in which its writer died.</summary>
internal static class SweepState
{
    /// <summary>The states a random kill can fall in.</summary>
    public static string Describe(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "journal.jsonl")))
        {
            return "starting";
        }

        var kinds = File.ReadLines(Path.Combine(folder, "journal.jsonl")).ToList();
        if (File.Exists(Path.Combine(folder, "curves.parquet")))
        {
            return "derived";
        }

        var staged = Directory.Exists(Path.Combine(folder, "staging")) && Directory.EnumerateFiles(Path.Combine(folder, "staging")).Any();
        var segments = Directory.Exists(Path.Combine(folder, "segments")) ? Directory.EnumerateFiles(Path.Combine(folder, "segments")).Count() : 0;
        return kinds.Count == 0 ? "starting" : $"{(staged ? "rows staged" : "between packs")}, {segments} segments";
    }
}
