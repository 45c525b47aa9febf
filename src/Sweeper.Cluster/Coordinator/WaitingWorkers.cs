using System.Collections.Immutable;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The workers that a sweep has refused, and that still ask.</summary>
/// <param name="forgetAfter">How long a silent one is remembered.</param>
internal sealed class WaitingWorkers(TimeSpan forgetAfter)
{
    private readonly SortedDictionary<string, (WaitingWorker Worker, TimeSpan Heard)> waiting = new(StringComparer.Ordinal);
    private ImmutableArray<WaitingWorker> told = [];

    /// <summary>It was told why it gets nothing.</summary>
    public void Refuse(string worker, string reason, Moment moment) => waiting[worker] =
        (waiting.TryGetValue(worker, out var before) && before.Worker.Reason == reason
            ? before.Worker : new WaitingWorker(worker, reason, moment.At), moment.Now);

    /// <summary>It has a pack.</summary>
    public void Forget(string worker) => waiting.Remove(worker);

    /// <summary>All of them, by name, where they are others than when this was asked last; else null.</summary>
    public ImmutableArray<WaitingWorker>? News(TimeSpan now)
    {
        foreach (var silent in waiting.Where(one => now - one.Value.Heard > forgetAfter).Select(one => one.Key).ToList())
        {
            waiting.Remove(silent);
        }

        ImmutableArray<WaitingWorker> all = [.. waiting.Values.Select(one => one.Worker)];
        return all.SequenceEqual(told) ? null : told = all;
    }
}
