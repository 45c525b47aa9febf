using System.Collections;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The packs of a sweep that are in workers' hands.</summary>
/// <param name="leaseTime">Silence after which a lease is lost.</param>
internal sealed class LeaseTable(TimeSpan leaseTime) : IEnumerable<Lease>
{
    private readonly Dictionary<long, Lease> leases = [];
    private readonly Dictionary<string, SortedSet<long>> heldBy = [];

    /// <summary>How many there are.</summary>
    public int Count => leases.Count;

    /// <summary>By number, or null.</summary>
    public Lease? Find(long number) => leases.GetValueOrDefault(number);

    /// <summary>The oldest that a worker holds, or null.</summary>
    public Lease? Of(string worker) => heldBy.TryGetValue(worker, out var numbers) ? leases[numbers.Min] : null;

    /// <summary>Those that nobody has renewed in time.</summary>
    public IEnumerable<Lease> Expired(TimeSpan now) => leases.Values.Where(lease => lease.Deadline < now);

    /// <summary>A worker got a pack.</summary>
    public void Add(Lease lease, TimeSpan now)
    {
        leases[lease.Number] = lease with { Deadline = now + leaseTime };
        heldBy.TryAdd(lease.Worker, []);
        heldBy[lease.Worker].Add(lease.Number);
    }

    /// <summary>A lease is over; null when it was before.</summary>
    public Lease? Remove(long number)
    {
        if (leases.Remove(number, out var lease) && heldBy[lease.Worker] is var numbers && numbers.Remove(number) && numbers.Count == 0)
        {
            heldBy.Remove(lease.Worker);
        }

        return lease;
    }

    /// <summary>Its commit is granted: there is time again to report it.</summary>
    public void Grant(JournalEntry.CommitGranted granted, TimeSpan now) =>
        leases[granted.Lease] = leases[granted.Lease] with { Granted = granted, Deadline = now + leaseTime };

    /// <summary>The worker of a lease is alive; null when the lease is over or another worker's.</summary>
    public Lease? Renew(long number, string worker, string incarnation, PackStep progress, TimeSpan now)
    {
        if (!leases.TryGetValue(number, out var lease) || lease.Worker != worker || (lease.Incarnation ?? incarnation) != incarnation)
        {
            return null;
        }

        var deadline = PlantedBug.LostRenewal.IsPlanted() ? lease.Deadline : now + leaseTime;
        return leases[number] = lease.At(progress, now) with { Incarnation = incarnation, Deadline = deadline, IsWorkerGone = false };
    }

    /// <summary>The worker's node is gone; the worker itself may live, and comes back with another one by then.</summary>
    public void ExpectBack(Lease lease, TimeSpan until) =>
        leases[lease.Number] = lease with { IsWorkerGone = true, Deadline = until < lease.Deadline ? until : lease.Deadline };

    /// <summary>For so long nobody could be heard: this time counts against no lease.</summary>
    public void Excuse(TimeSpan missed)
    {
        foreach (var lease in leases.Values.ToList())
        {
            leases[lease.Number] = lease with { Deadline = lease.Deadline + missed };
        }
    }

    /// <summary>The worker of a new lease is in this life.</summary>
    public Lease Assign(long number, string incarnation) => leases[number] = leases[number] with { Incarnation = incarnation };

    /// <summary>
    /// The granted file never came into place, and whoever was to put it there is gone: the lease goes on without the grant.
    /// </summary>
    public Lease Withdraw(Lease lease) => leases[lease.Number] = lease with { Granted = null };

    /// <inheritdoc/>
    public IEnumerator<Lease> GetEnumerator() => leases.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
