using System.Collections.Immutable;
using Parquet;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;

namespace Sweeper.Results.Segments;

/// <summary>Reads from a segment alone what the journal said of it.</summary>
internal static class SegmentInspection
{
    private const string UnknownWorker = "unknown";

    /// <summary>
    /// The lines that commit a file again. A trial without rows at some step of the schedule diverged there. Throws
    /// <see cref="SweepException"/> (preflight) when the file is no whole segment.
    /// </summary>
    public static JournalEntry[] ToEntries(string path, DateTimeOffset at)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var file = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
            var metadata = SegmentMetadata.Read(file.CustomMetadata);
            var (rows, lastSteps) = Scan(file);
            var name = Path.GetFileName(path);
            var content = new SegmentContent(metadata.Trials, Diverged(metadata, lastSteps), metadata.Schedule, UnknownWorker, 0);
            return
            [
                new JournalEntry.CommitGranted(metadata.Pack, 0, new StagedSegment(name, name, FileHash.Of(path), stream.Length, rows), content),
                new JournalEntry.Committed(metadata.Pack, 0, name, at),
            ];
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

    private static ImmutableArray<DivergedTrial> Diverged(SegmentMetadata metadata, Dictionary<string, long> lastSteps)
    {
        var steps = metadata.Schedule.Snapshots.Where(snapshot => snapshot.Metrics.Length > 0).Select(snapshot => snapshot.Step).ToArray();
        var diverged = ImmutableArray.CreateBuilder<DivergedTrial>();
        foreach (var trial in metadata.Trials)
        {
            var last = lastSteps.GetValueOrDefault(trial.Hex, -1);
            if (last < steps[^1])
            {
                diverged.Add(new DivergedTrial(trial, steps.First(step => step > last)));
            }
        }

        return diverged.ToImmutable();
    }
}
