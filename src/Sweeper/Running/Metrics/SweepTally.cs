using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;

namespace Sweeper.Running.Metrics;

/// <summary>
/// Follows the journal of an open folder. Whoever writes it pays for an entry in a queue; counting is left to whoever reads the numbers.
/// </summary>
internal sealed class SweepTally
{
    private readonly Lock reading = new();
    private readonly ConcurrentQueue<JournalEntry> unread = [];
    private readonly SweepHistory history;
    private IReadOnlyCollection<JournalEntry.Leased> leases;
    private SweepReading latest;
    private SweepPlan? plan;

    /// <param name="plan">What is run.</param>
    /// <param name="folder">The results folder.</param>
    /// <param name="before">Its journal so far.</param>
    /// <param name="opened">When it was opened.</param>
    public SweepTally(SweepPlan plan, string folder, IReadOnlyList<JournalEntry> before, DateTimeOffset opened)
    {
        this.plan = plan;
        history = SweepHistory.Fold(before);
        leases = OpenLeases.Of(before);
        latest = new SweepReading(
            plan.Name, folder, 0, 0, 0, 0, 0, ImmutableSortedDictionary<FailureKind, long>.Empty, opened, IsOpen: true);
        latest = Count(plan);
    }

    /// <summary>Takes what was journalled.</summary>
    public void Add(ReadOnlySpan<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            unread.Enqueue(entry);
        }
    }

    /// <summary>The numbers now.</summary>
    public SweepReading Read()
    {
        lock (reading)
        {
            if (plan is not null && !unread.IsEmpty)
            {
                Catch();
                latest = Count(plan);
            }

            return latest;
        }
    }

    /// <summary>The folder is released: what is counted stays, what counting needs goes.</summary>
    public void Close()
    {
        lock (reading)
        {
            latest = Read() with { Leases = 0, IsOpen = false };
            plan = null;
        }
    }

    private void Catch()
    {
        var entries = new List<JournalEntry>();
        while (unread.TryDequeue(out var entry))
        {
            entries.Add(entry);
            history.Apply(entry);
            latest = entry switch
            {
                JournalEntry.Committed committed => latest with { LastCommit = committed.At },
                JournalEntry.AttemptEnded ended =>
                    latest with { Ended = latest.Ended.SetItem(ended.Kind, latest.Ended.GetValueOrDefault(ended.Kind) + 1) },
                _ => latest,
            };
        }

        leases = OpenLeases.Of(leases.Concat(entries));
    }

    private SweepReading Count(SweepPlan counted)
    {
        var planStatus = PlanStatus.Of(new KnownTrials(counted, history), latest.Folder);
        return latest with
        {
            Committed = planStatus.Kept, Diverged = planStatus.Diverged, Failed = planStatus.Failed, Pending = planStatus.New,
            Leases = leases.Count,
        };
    }
}
