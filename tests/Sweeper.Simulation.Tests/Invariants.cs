using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Tests;

/// <summary>What holds when a sweep has ended, whatever happened: read from the lines and the files on the disk alone.</summary>
internal static class Invariants
{
    /// <summary>The first that does not hold, or null.</summary>
    public static string? Violation(SweepPlan plan, SimulatedDisk disk, bool mayFail)
    {
        var lines = Valid(disk.Lines).ToList();
        return InReading(disk, lines) ?? InLines(lines, mayFail) ?? AtTheEnd(plan, lines, disk);
    }

    /// <summary>A line counts when no writer after its own had written before it.</summary>
    private static IEnumerable<JournalEntry> Valid(List<(int Epoch, JournalEntry Entry)> lines) =>
        lines.Where((line, place) => lines.Take(place).All(before => before.Epoch <= line.Epoch)).Select(line => line.Entry);

    /// <summary>Whoever opens the folder next takes the lines that count, and no others.</summary>
    private static string? InReading(SimulatedDisk disk, List<JournalEntry> lines)
    {
        var order = new EpochOrder();
        return disk.Lines.Where(line => order.Counts(line.Epoch)).Select(line => line.Entry).SequenceEqual(lines) ? null
            : "a reader takes lines of a writer that had been replaced";
    }

    /// <summary>Leases never overlap, commits follow the grant of the pack's newest lease, ends are unique.</summary>
    private static string? InLines(List<JournalEntry> lines, bool mayFail)
    {
        var holder = new Dictionary<PackId, long>();
        var granted = new Dictionary<PackId, StagedSegment>();
        var ends = new HashSet<PackId>();
        var last = 0L;
        foreach (var line in lines)
        {
            var isSound = line switch
            {
                JournalEntry.Leased leased =>
                    leased.Lease > last && holder.TryAdd(leased.Pack, last = leased.Lease) && !ends.Contains(leased.Pack),
                JournalEntry.AttemptEnded ended => holder.Remove(ended.Pack, out var lease) && lease == ended.Lease,
                JournalEntry.CommitGranted grant =>
                    holder.GetValueOrDefault(grant.Pack) == grant.Lease && (granted[grant.Pack] = grant.Segment) is not null,
                JournalEntry.Committed committed =>
                    holder.Remove(committed.Pack, out var lease) && lease == committed.Lease
                    && granted[committed.Pack].Name == committed.Segment
                    && (granted[committed.Pack].Checkpoint is not null || ends.Add(committed.Pack)),
                JournalEntry.Split split => !holder.ContainsKey(split.Pack) && !ends.Contains(split.Pack),
                JournalEntry.PackFailed => mayFail,
                _ => true,
            };
            if (!isSound)
            {
                return $"the journal has a line that must not be there: {line}";
            }
        }

        return holder.Count == 0 ? null : "a lease is open";
    }

    /// <summary>Every trial is in one committed pack whose files have every step once, with the numbers that were measured.</summary>
    private static string? AtTheEnd(SweepPlan plan, List<JournalEntry> lines, SimulatedDisk disk)
    {
        var history = SweepHistory.Fold(lines);
        for (var trial = 0L; trial < plan.TrialCount; trial++)
        {
            var record = history.Trials.GetValueOrDefault(plan.TrialAt(trial).Id);
            if (record is null || (record.Segment is null) == (record.Failure is null))
            {
                return $"trial {trial} is neither committed nor failed, or both";
            }
        }

        if (disk.StagedCount > 0)
        {
            return "something is staged";
        }

        if (!history.Begun.Values.Select(paused => paused.File.Checkpoint!.Name).Order().SequenceEqual(disk.Checkpoints.Keys.Order()))
        {
            return $"checkpoints are left, or missing: {string.Join(", ", disk.Checkpoints.Keys.Order())}";
        }

        return history.Segments.Values.Select(segment => InFiles(disk, segment)).FirstOrDefault(wrong => wrong is not null);
    }

    private static string? InFiles(SimulatedDisk disk, SegmentRecord segment)
    {
        var steps = new List<long>();
        foreach (var file in segment.Files)
        {
            if (!disk.Published.TryGetValue(file.Name, out var rows) || rows.Sha256 != file.Sha256)
            {
                return $"{file.Name} is not what was committed";
            }

            foreach (var block in rows.Blocks)
            {
                steps.Add(block.Step);
                var trials = block.Trials.ToArray();
                var measured = trials.Select(position => Truth.Value(rows.Header.Trials[position], block.Step));
                if (!trials.Select(position => rows.Header.Trials[position].Id).SequenceEqual(segment.Content.Trials)
                    || !measured.SequenceEqual(block.Values.ToArray()))
                {
                    return $"{file.Name} has rows of others at step {block.Step}";
                }
            }
        }

        var asked = segment.Content.Schedule.Snapshots.Select(snapshot => snapshot.Step);
        return steps.SequenceEqual(asked) ? null : $"{segment.Pack} has other steps";
    }
}
