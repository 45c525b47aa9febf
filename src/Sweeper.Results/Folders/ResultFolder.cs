namespace Sweeper.Results.Folders;

/// <summary>The one place of all paths inside a results folder.</summary>
/// <param name="Path">The folder: `results/sweep`.</param>
public sealed record ResultFolder(string Path)
{
    /// <summary>The resolved sweep file.</summary>
    public string SweepFile => In("sweep.yaml");

    /// <summary>Who made the folder, and in which format.</summary>
    public string Provenance => In("provenance.json");

    /// <summary>How to read it from elsewhere.</summary>
    public string Readme => In("README.txt");

    /// <summary>All that happened.</summary>
    public string Journal => In("journal.jsonl");

    /// <summary>Incomplete last lines that were cut off the journal.</summary>
    public string TornJournal => In("journal.torn");

    /// <summary>Held by the one writer.</summary>
    public string Lock => In("lock");

    /// <summary>Workers that may not train, while somebody runs the sweep.</summary>
    public string Waiting => In("waiting.json");

    /// <summary>One row for every trial of the plan.</summary>
    public string Trials => In("trials.parquet");

    /// <summary>Every metric against step, reduced over seeds.</summary>
    public string Curves => In("curves.parquet");

    /// <summary>Final and smallest value of every metric of every trial.</summary>
    public string Summaries => In("summaries.parquet");

    /// <summary>What the derived files were made from.</summary>
    public string Derived => In("derived.json");

    /// <summary>Committed rows.</summary>
    public string Segments => In("segments");

    /// <summary>Files under construction.</summary>
    public string Staging => In("staging");

    /// <summary>Pictures and their data.</summary>
    public string Figures => In("figures");

    /// <summary>Logs.</summary>
    public string Logs => In("logs");

    /// <summary>
    /// Where the coordinator of this sweep alone is, if it has one, and the key to its cluster; its queue and lock are beside it.
    /// </summary>
    public string Cluster => In("cluster.json");

    /// <summary>Kept weights, a file for each pack that keeps some.</summary>
    public string Weights => In("weights");

    /// <summary>Kept weights that belong to a segment.</summary>
    public string WeightsOf(string segment) => System.IO.Path.Combine(Weights, WeightsName(segment));

    /// <summary>Name of the file of weights that belongs to a segment, staged or committed.</summary>
    public static string WeightsName(string segment) => System.IO.Path.ChangeExtension(segment, ".safetensors");

    /// <summary>What paused packs go on from.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>A checkpoint of a paused pack.</summary>
    public string Checkpoint(string name) => System.IO.Path.Combine(Checkpoints, name);

    /// <summary>Name of the checkpoint that stands after a segment, staged or committed.</summary>
    public static string CheckpointName(string segment) => System.IO.Path.ChangeExtension(segment, ".checkpoint");

    /// <summary>A committed segment.</summary>
    public string Segment(string name) => System.IO.Path.Combine(Segments, name);

    /// <summary>A file under construction.</summary>
    public string Staged(string name) => System.IO.Path.Combine(Staging, name);

    /// <summary>Claim of one writer: made exclusively, removed by whoever takes over.</summary>
    public string Epoch(int epoch) => In($"lock.{epoch}");

    /// <summary>Epochs that are claimed now; empty while nobody writes and nobody died writing.</summary>
    public IEnumerable<int> Epochs() => Directory
        .EnumerateFiles(Path, "lock.?*")
        .Select(file => int.TryParse(System.IO.Path.GetExtension(file).TrimStart('.'), out var epoch) ? epoch : 0)
        .Where(epoch => epoch > 0);

    /// <summary>Whether an entry of the folder has one of the names that a just begun folder may have.</summary>
    internal bool Knows(string entry) =>
        entry == Lock || entry == Staging || entry == Segments || entry == Figures || entry == Logs
        || entry.StartsWith(Waiting, StringComparison.Ordinal) || entry.StartsWith(Lock + ".", StringComparison.Ordinal)
        || entry.StartsWith(System.IO.Path.ChangeExtension(Cluster, "."), StringComparison.Ordinal);

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
