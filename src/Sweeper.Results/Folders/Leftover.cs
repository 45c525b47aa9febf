using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Folders;

/// <summary>Why a file is not needed.</summary>
public enum LeftoverKind
{
    /// <summary>A segment all of whose trials have their rows in later segments.</summary>
    Superseded,
    /// <summary>A segment that holds current rows only of trials that the sweep no longer contains.</summary>
    Orphaned,
    /// <summary>A file under construction that nobody constructs.</summary>
    Staged,
    /// <summary>A checkpoint that no pack goes on from.</summary>
    Checkpoint,
    /// <summary>Incomplete lines that were cut off the journal.</summary>
    TornJournal,
}

/// <summary>A file of a results folder that nothing current needs.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Path">The file, relative to the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Trials">Orphaned trials whose only rows are in it.</param>
public sealed record Leftover(LeftoverKind Kind, string Path, long Bytes, int Trials)
{
    /// <summary>Whether it holds rows.</summary>
    public bool IsSegment =>
        Kind is LeftoverKind.Superseded or LeftoverKind.Orphaned && Path.EndsWith(".parquet", StringComparison.Ordinal);

    /// <summary>
    /// All of a folder, by kind and path. A segment that the journal does not know, or whose commit is granted and not yet
    /// reported, is left alone.
    /// </summary>
    /// <param name="path">The results folder.</param>
    /// <param name="history">Its journal, folded.</param>
    /// <param name="isPlanned">Whether the plan has a trial.</param>
    public static ImmutableArray<Leftover> Find(string path, SweepHistory history, Func<TrialId, bool> isPlanned)
    {
        var folder = new ResultFolder(path);
        var found = new List<Leftover>();
        var packs = history.Plan is { } plan ? history.Current(plan.Packs).Select(pack => pack.Id).ToHashSet() : [];
        var begun = history.Begun.Values.Where(paused => packs.Contains(paused.Pack)).ToList();
        var inUse = begun.SelectMany(paused => paused.Files).Select(file => file.Name).ToHashSet();
        var replaced = history.Begun.Values.Except(begun)
            .SelectMany(paused => paused.Files).Select(file => file.Name).Concat(history.Gone).ToHashSet();
        var records = history.Segments.Values.SelectMany(record => record.Files.Select(file => (file.Name, record)))
            .ToDictionary(pair => pair.Name, pair => pair.record);
        foreach (var file in Files(folder.Segments).Where(file => file.Extension == ".parquet" && !inUse.Contains(file.Name)))
        {
            if (records.TryGetValue(file.Name, out var record))
            {
                var current = record.Content.Trials
                    .Where(trial => history.Trials.TryGetValue(trial, out var state) && state.Segment == record.File.Name).ToList();
                if (!current.Exists(trial => isPlanned(trial)))
                {
                    AddSegment(file, current.Count == 0 ? LeftoverKind.Superseded : LeftoverKind.Orphaned, current.Count);
                }
            }
            else if (replaced.Contains(file.Name))
            {
                AddSegment(file, LeftoverKind.Superseded, 0);
            }
        }

        if (LockHolder.Read(path) is null or { IsAlive: false })
        {
            found.AddRange(Files(folder.Staging).Select(file => Of(folder, file, LeftoverKind.Staged, 0)));
            var checkpoints = history.CheckpointsInUse(packs.Contains).ToHashSet();
            found.AddRange(Files(folder.Checkpoints)
                .Where(file => !checkpoints.Contains(file.Name)).Select(file => Of(folder, file, LeftoverKind.Checkpoint, 0)));
        }

        if (new FileInfo(folder.TornJournal) is { Exists: true } torn)
        {
            found.Add(Of(folder, torn, LeftoverKind.TornJournal, 0));
        }

        // Kept weights go with the rows that they belong to.
        void AddSegment(FileInfo file, LeftoverKind kind, int trials)
        {
            found.Add(Of(folder, file, kind, trials));
            if (new FileInfo(folder.WeightsOf(file.Name)) is { Exists: true } weights)
            {
                found.Add(Of(folder, weights, kind, 0));
            }
        }

        return [.. found.OrderBy(file => file.Kind).ThenBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Committed trials that the sweep no longer contains and whose rows stay, since a segment is never rewritten and theirs holds
    /// rows of others that it does contain.
    /// </summary>
    /// <param name="history">The journal, folded.</param>
    /// <param name="isPlanned">Whether the plan has a trial.</param>
    public static int Inseparable(SweepHistory history, Func<TrialId, bool> isPlanned) =>
        history.Trials.Where(trial => trial.Value.Segment is not null).GroupBy(trial => trial.Value.Segment)
            .Where(segment => segment.Any(trial => isPlanned(trial.Key))).Sum(segment => segment.Count(trial => !isPlanned(trial.Key)));

    private static FileInfo[] Files(string folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [];

    private static Leftover Of(ResultFolder folder, FileInfo file, LeftoverKind kind, int trials) =>
        new(kind, System.IO.Path.GetRelativePath(folder.Path, file.FullName), file.Length, trials);
}
