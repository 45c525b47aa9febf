using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Running.Metrics;

/// <summary>
/// Results folders whose journals are followed: all that happens to a sweep passes there, and nothing else needs to count.
/// </summary>
/// <param name="folders">The folders.</param>
/// <param name="synced">Told the name of a sweep and how many seconds a write of its journal took, until it was on disk.</param>
/// <param name="clock">Says when a folder was opened.</param>
internal sealed class MeteredFolders(ISweepFolders folders, Action<string, double> synced, TimeProvider clock) : ISweepFolders
{
    /// <summary>Folders that are closed and still told about.</summary>
    private const int MostClosed = 100;

    private readonly Lock listing = new();
    private readonly List<(string Folder, SweepTally Tally)> tallies = [];
    private readonly HashSet<string> open = [];

    /// <summary>Results folders that are open now.</summary>
    public int Open
    {
        get
        {
            lock (listing)
            {
                return open.Count;
            }
        }
    }

    /// <summary>The numbers of every sweep, of those that are over as they ended.</summary>
    public IReadOnlyList<SweepReading> Read()
    {
        SweepTally[] all;
        lock (listing)
        {
            all = [.. tallies.Select(one => one.Tally)];
        }

        return [.. all.Select(tally => tally.Read())];
    }

    /// <inheritdoc/>
    public ISweepFolder OpenForWriting(SweepPlan plan, string path)
    {
        var folder = folders.OpenForWriting(plan, path);
        try
        {
            var tally = new SweepTally(plan, path, folder.Journal.History, clock.GetUtcNow());
            lock (listing)
            {
                tallies.RemoveAll(one => one.Folder == path);
                tallies.Add((path, tally));
                open.Add(path);
            }

            return new Folder(folder, tally, seconds => synced(plan.Name, seconds), () => Close(path, tally));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private void Close(string path, SweepTally tally)
    {
        tally.Close();
        lock (listing)
        {
            open.Remove(path);
            var closed = tallies.Where(one => !open.Contains(one.Folder)).ToList();
            foreach (var forgotten in closed.SkipLast(MostClosed))
            {
                tallies.Remove(forgotten);
            }
        }
    }

    private sealed class Folder(ISweepFolder folder, SweepTally tally, Action<double> synced, Action closed) : ISweepFolder, IJournal
    {
        public IJournal Journal => this;

        public ISegmentStore Segments => folder.Segments;

        public int Epoch => folder.Journal.Epoch;

        public IReadOnlyList<JournalEntry> History => folder.Journal.History;

        public void Append(params ReadOnlySpan<JournalEntry> entries)
        {
            var began = Stopwatch.GetTimestamp();
            folder.Journal.Append(entries);
            synced(Stopwatch.GetElapsedTime(began).TotalSeconds);
            tally.Add(entries);
        }

        public void Derive(SweepPlan plan, SweepHistory history) => folder.Derive(plan, history);

        public void Tell(ImmutableArray<WaitingWorker> waiting) => folder.Tell(waiting);

        public void Dispose()
        {
            folder.Dispose();
            closed();
        }
    }
}
