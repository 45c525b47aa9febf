using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>What holds in a folder whose sweep has ended, whatever happened: read from its journal and its files alone.</summary>
internal static class SettledJournal
{
    public static void Check(SweepPlan plan, MemoryFolder folder)
    {
        var ends = AssertLines(folder);
        var history = SweepHistory.Fold(folder.Journal);
        Assert.Equal(history.Current(plan.Packs).Select(pack => pack.Id.Name).Order(), ends.Order());
        for (var i = 0L; i < plan.TrialCount; i++)
        {
            var record = history.Trials[plan.TrialAt(i).Id];
            Assert.NotEqual(record.Segment is null, record.Failure is null);
        }

        // A failed pack keeps the checkpoint from which `retry` would go on.
        Assert.Subset(
            folder.Journal.OfType<JournalEntry.PackFailed>().Select(failed => failed.Pack).ToHashSet(), history.Begun.Keys.ToHashSet());
        Assert.Equal(history.Begun.Values.Select(paused => paused.File.Checkpoint!.Name).Order(), folder.Checkpoints.Order());
        Assert.Equal(0, folder.StagedCount);
        foreach (var segment in history.Segments.Values)
        {
            AssertEveryStepOnce(plan, folder, segment);
        }
    }

    /// <summary>
    /// Leases never overlap, commits follow the grant of the pack's newest lease, ends are unique, and lost is not failed. The packs that
    /// ended.
    /// </summary>
    private static HashSet<string> AssertLines(MemoryFolder folder)
    {
        var holder = new Dictionary<string, long>();
        var granted = new Dictionary<string, StagedSegment>();
        var spent = new List<(string Pack, FailureKind Kind)>();
        var ends = new HashSet<string>();
        var last = 0L;
        foreach (var entry in folder.Journal)
        {
            switch (entry)
            {
                case JournalEntry.Leased leased:
                    Assert.True(leased.Lease > last);
                    last = leased.Lease;
                    Assert.True(holder.TryAdd(leased.Pack.Name, leased.Lease), "a pack was leased twice at once");
                    Assert.DoesNotContain(leased.Pack.Name, ends);
                    break;
                case JournalEntry.AttemptEnded ended:
                    Assert.Equal(ended.Lease, holder[ended.Pack.Name]);
                    holder.Remove(ended.Pack.Name);
                    spent.Add((ended.Pack.Name, ended.Kind));
                    break;
                case JournalEntry.CommitGranted grant:
                    Assert.Equal(grant.Lease, holder[grant.Pack.Name]);
                    granted[grant.Pack.Name] = grant.Segment;
                    break;
                case JournalEntry.Committed committed:
                    Assert.Equal(committed.Lease, holder[committed.Pack.Name]);
                    Assert.Equal(granted[committed.Pack.Name].Name, committed.Segment);
                    holder.Remove(committed.Pack.Name);
                    Assert.True(granted[committed.Pack.Name].Checkpoint is not null || ends.Add(committed.Pack.Name));
                    break;
                case JournalEntry.Split split:
                    Assert.DoesNotContain(split.Pack.Name, holder.Keys);
                    Assert.DoesNotContain(split.Pack.Name, ends);
                    break;
                case JournalEntry.PackFailed failed:
                    Assert.NotEmpty(failed.Reason);
                    Assert.NotEqual(FailureKind.Drained, failed.Kind);
                    Assert.True(
                        failed.Kind != FailureKind.Lost
                        || spent.Count(one => one == (failed.Pack.Name, FailureKind.Lost)) >= LeasePolicy.MaximumLosses,
                        "lost is not failed");
                    Assert.True(ends.Add(failed.Pack.Name));
                    break;
            }
        }

        Assert.Empty(holder);
        return ends;
    }

    /// <summary>
    /// The files of a pack, however often it paused, have every step of every trial once: none is missing, none overlaps.
    /// </summary>
    private static void AssertEveryStepOnce(SweepPlan plan, MemoryFolder folder, SegmentRecord segment)
    {
        var files = segment.Files.Select(file => (file, Rows: folder.Published[file.Name])).ToList();
        Assert.All(files, pair => Assert.Equal(pair.file.Sha256, pair.Rows.Sha256));
        Assert.Equal(files.Count, files.Select(pair => pair.file.Name).Distinct().Count());
        Assert.Equal(
            segment.Content.Schedule.Snapshots.Select(snapshot => snapshot.Step),
            files.SelectMany(pair => pair.Rows.Blocks).Select(block => block.Step));
        foreach (var rows in files.Select(pair => pair.Rows))
        {
            Assert.All(rows.Blocks, block => Assert.Equal(
                segment.Content.Trials, block.Trials.ToArray().Select(position => rows.Header.Trials[position].Id)));
        }
    }
}
