using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// How workers have done in a sweep: one with a sick device or a broken library fails whatever it is given within seconds, is always the
/// first to be free, and would spend the attempts of one pack after the other. No clock, and nothing that a restart needs to know.
/// </summary>
internal sealed class WorkerConduct
{
    private const int TooManyErrors = 2;

    private readonly Dictionary<string, (string? Incarnation, int Errors)> inARow = [];
    private readonly Dictionary<string, TimeSpan> committedAt = [];

    /// <summary>An attempt ended without a commit.</summary>
    public void Ended(Lease lease, FailureKind kind)
    {
        if (kind is FailureKind.Error)
        {
            var before = inARow.GetValueOrDefault(lease.Worker);
            inARow[lease.Worker] = (lease.Incarnation, before.Incarnation == lease.Incarnation ? before.Errors + 1 : 1);
        }
    }

    /// <summary>A worker has something to show.</summary>
    public void Committed(string worker, TimeSpan now)
    {
        inARow.Remove(worker);
        committedAt[worker] = now;
    }

    /// <summary>
    /// Whether a worker is passed over: its last attempts ended in errors, and another one, of which that cannot be said, trains or
    /// has just committed. Where all fail alike it is not the workers, and nobody is.
    /// </summary>
    /// <param name="worker">Who asks for a pack.</param>
    /// <param name="incarnation">Its life: one that was started again may have been mended.</param>
    /// <param name="leases">Who trains.</param>
    /// <param name="lately">Commits since then are of those who still work.</param>
    public bool IsSetAside(string worker, string incarnation, IEnumerable<Lease> leases, TimeSpan lately)
    {
        bool DoesWell(string other) => other != worker && !inARow.ContainsKey(other);
        return inARow.TryGetValue(worker, out var own) && own.Incarnation == incarnation && own.Errors >= TooManyErrors
            && (leases.Any(lease => DoesWell(lease.Worker)) || committedAt.Any(commit => commit.Value >= lately && DoesWell(commit.Key)));
    }
}
