using System.Collections.Immutable;
using Parquet;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;

namespace Sweeper.Results.Segments;

/// <summary>
/// What a segment says of itself, and how far each trial has rows in it: what the journal said of it can be told from that.
/// </summary>
internal sealed record SegmentInspection(
    string Name, SegmentMetadata Metadata, string Sha256, long Bytes, long Rows, IReadOnlyDictionary<string, long> LastSteps)
{
    private const string UnknownWorker = "unknown";

    /// <summary>
    /// Whose rows they are here: merged ones have another name than their footer says, which knows the pack that was trained.
    /// </summary>
    private PackId Pack => new(Name[..Name.LastIndexOf('-')]);

    /// <summary>
    /// The lines that commit files again; a pack that paused and was not ended is left out, with whatever does not belong to
    /// what was. Throws <see cref="SweepException"/> (preflight) when a file is no whole segment.
    /// </summary>
    /// <param name="paths">The segments, oldest first.</param>
    /// <param name="at">Time of the lines.</param>
    public static IEnumerable<JournalEntry[]> ToEntries(IEnumerable<string> paths, DateTimeOffset at)
    {
        var files = paths.Select(Of).ToList();
        var paused = files.Where(file => file.Metadata.PausedAt is not null).ToDictionary(file => (file.Pack, file.Metadata.Interval));
        foreach (var last in files.Where(file => file.Metadata.PausedAt is null))
        {
            var before = Enumerable.Range(0, last.Metadata.Interval).Select(interval => paused.GetValueOrDefault((last.Pack, interval)))
                .ToList();
            if (!before.Contains(null))
            {
                yield return [.. Commit([.. before!, last], at)];
            }
        }
    }

    private static IEnumerable<JournalEntry> Commit(ImmutableArray<SegmentInspection> files, DateTimeOffset at)
    {
        var diverged = Diverged(files);
        foreach (var (place, file) in files.Index())
        {
            // Its checkpoint is gone, and only that there was one matters.
            var checkpoint = file.Metadata.PausedAt is { } step ? new StagedCheckpoint("", "", "", 0, step) : null;
            var content = new SegmentContent(
                file.Metadata.Trials, diverged, file.Metadata.Schedule, UnknownWorker, 0, place == 0 ? null : files[place - 1].Name);
            yield return new JournalEntry.CommitGranted(
                file.Pack, 0, new StagedSegment(file.Name, file.Name, file.Sha256, file.Bytes, file.Rows, checkpoint), content);
            yield return new JournalEntry.Committed(file.Pack, 0, file.Name, at);
        }
    }

    private static SegmentInspection Of(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var file = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
            var metadata = SegmentMetadata.Read(file.CustomMetadata);
            var (rows, lastSteps) = Scan(file);
            return new SegmentInspection(Path.GetFileName(path), metadata, FileHash.Of(path), stream.Length, rows, lastSteps);
        }
        catch (Exception fault) when (fault is not (SweepException or UnauthorizedAccessException))
        {
            throw new SweepException(
                ExitCode.Preflight, "this is not a whole segment, and the journal that knew it is gone",
                "delete it, then `sweeper run` trains its trials again", path, fault);
        }
    }

    private static (long Rows, Dictionary<string, long> LastSteps) Scan(ParquetReader file)
    {
        var rows = new SegmentRows();
        var count = 0L;
        var lastSteps = new Dictionary<string, long>(StringComparer.Ordinal);
        var words = lastSteps.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            rows.Read(file, group);
            count += rows.Count;
            for (var row = 0; row < rows.Count; row++)
            {
                words[rows.Trial[row].Span] = rows.Step[row];
            }
        }

        return (count, lastSteps);
    }

    /// <summary>A trial without rows at some step of the schedule diverged there.</summary>
    private static ImmutableArray<DivergedTrial> Diverged(ImmutableArray<SegmentInspection> files)
    {
        var metadata = files[^1].Metadata;
        var steps = metadata.Schedule.Snapshots.Where(snapshot => snapshot.Metrics.Length > 0).Select(snapshot => snapshot.Step).ToArray();
        var diverged = ImmutableArray.CreateBuilder<DivergedTrial>();
        foreach (var trial in metadata.Trials)
        {
            var last = files.Max(file => file.LastSteps.GetValueOrDefault(trial.Hex, -1));
            if (last < steps[^1])
            {
                diverged.Add(new DivergedTrial(trial, steps.First(step => step > last)));
            }
        }

        return diverged.ToImmutable();
    }
}
