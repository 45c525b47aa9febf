using System.Diagnostics;
using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Chaos.Hosts;

/// <summary>When workers are at work again after a fault: as the journal tells it, by a lease or a commit of theirs.</summary>
internal static class Recovery
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Waits until each of the workers has one that was not there before; how long the last of them took. Null: the sweep ended before, or
    /// the patience did.
    /// </summary>
    public static async Task<TimeSpan?> AwaitAsync(HostsCluster cluster, IReadOnlyCollection<string> workers, TimeSpan patience)
    {
        var before = Read(cluster);
        var waiting = workers.ToHashSet();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience && !cluster.Done.IsCompleted; await Task.Delay(LookEvery))
        {
            waiting.ExceptWith(Read(cluster).Skip(before.Count).Select(Worker).OfType<string>());
            if (waiting.Count == 0)
            {
                return clock.Elapsed;
            }
        }

        return null;
    }

    private static IReadOnlyList<JournalEntry> Read(HostsCluster cluster) => JournalReader.Read(cluster.Options.SweepFolder);

    private static string? Worker(JournalEntry entry) => entry switch
    {
        JournalEntry.Leased leased => leased.Worker,
        JournalEntry.CommitGranted granted => granted.Content.Worker,
        _ => null,
    };
}
