using System.Collections.Immutable;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Every pack of a sweep on its way from pending over leased and granted to committed or failed. No clock, no file, no
/// actor: a decision returns the lines to journal and changes nothing; <see cref="Apply"/> makes them true. What a restart may
/// forget (progress, deadlines, losses) is kept here only.
/// </summary>
internal sealed class SweepLedger
{
    private readonly List<PackTask> tasks;
    private readonly Dictionary<PackId, int> taskOf;
    private readonly Dictionary<int, int> losses = [];
    private readonly Dictionary<int, string> endedWith = [];
    private readonly WorkerConduct conduct = new();
    private readonly List<int> tries;
    private readonly HashSet<int> wasReplaced = [];
    private readonly TimeSpan leaseTime;
    private readonly long leftOut;
    private ImmutableSortedSet<PendingPack> pending;
    private CircuitBreaker breaker;
    private long committed;
    private long diverged;

    /// <param name="tasks">All packs of the cut, in order.</param>
    /// <param name="history">What the journal says; kept up to date from here on.</param>
    /// <param name="leaseTime">Silence after which a lease is lost.</param>
    public SweepLedger(ImmutableArray<PackTask> tasks, SweepHistory history, TimeSpan leaseTime)
    {
        this.tasks = [.. tasks];
        this.leaseTime = leaseTime;
        Leases = new LeaseTable(leaseTime);
        History = history;
        leftOut = history.LatestRun is null ? 0 : history.LastLease + SweepHistory.MostAhead;
        tries = [.. tasks.Select(_ => 0)];
        taskOf = tasks.Select((task, index) => (task.Pack.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        pending = [.. tasks.Select((task, index) => (task, index))
            .Where(pair => pair.task.Wanted.Length > 0).Select(pair => new PendingPack(0, pair.index))];
        committed = tasks.Sum(task => (long)task.Committed);
        diverged = tasks.Sum(task => (long)task.Diverged);
        Failed = tasks.Sum(task => (long)task.Failed);
        breaker = CircuitBreaker.Closed(committed, tasks.Sum(task => (long)task.Wanted.Length));
    }

    /// <summary>The journal, folded.</summary>
    public SweepHistory History { get; }

    /// <summary>Packs in workers' hands.</summary>
    public LeaseTable Leases { get; }

    /// <summary>Whether every pack is committed or failed.</summary>
    public bool IsDone => pending.IsEmpty && Leases.Count == 0;

    /// <summary>Whether a pack can be leased.</summary>
    public bool HasPending => !pending.IsEmpty;

    /// <summary>How many can.</summary>
    public int PendingCount => pending.Count;

    /// <summary>Trials that were given up.</summary>
    public long Failed { get; private set; }

    /// <summary>Whether so many packs failed alike that the rest would too.</summary>
    public bool IsBroken => breaker.IsOpen;

    /// <summary>All packs that were to be trained when it began, whatever became of them; those that were split in their parts.</summary>
    public IEnumerable<PackTask> Asked => tasks.Where(task => task.Wanted.Length > 0);

    /// <summary>Of these, packs that can be leased, in the order in which they will be.</summary>
    public IEnumerable<PackTask> Pending => pending.Select(waiting => tasks[waiting.Task]);

    /// <summary>The pack of a lease.</summary>
    public PackTask TaskOf(Lease lease) => tasks[lease.Task];

    /// <summary>Where the attempt of a lease begins.</summary>
    public PackStart StartOf(Lease lease) =>
        PausedBefore(TaskOf(lease)) is { } before ? new PackStart(before.Earlier.Length + 1, before.File.Checkpoint, MayPause: true)
        : PackStart.Whole with { MayPause = TaskOf(lease).MayPause };

    /// <summary>Whether a worker gets no pack now: what it was given failed, while others do well.</summary>
    public bool IsSetAside(string worker, string incarnation, TimeSpan now) =>
        conduct.IsSetAside(worker, incarnation, Leases, now - leaseTime);

    /// <summary>
    /// Gives a worker a pack; something must be pending. Numbers that an earlier coordinator may have told before it died, and that are
    /// not in the journal, are left out.
    /// </summary>
    public ImmutableArray<JournalEntry> GiveTo(string worker, string numerics, DateTimeOffset at)
    {
        var task = tasks[LeasePolicy.Choose(pending, endedWith, worker)];
        var attempt = History.Attempts(task.Pack.Id) + losses.GetValueOrDefault(taskOf[task.Pack.Id]) + 1;
        var number = Math.Max(History.LastLease, PlantedBug.NumberGivenAgain.IsPlanted() ? 0 : leftOut) + 1;
        var leased = new JournalEntry.Leased(task.Pack.Id, number, worker, attempt, at);
        return !History.Numerics.Contains(numerics) ? [new JournalEntry.NumericsFrozen(numerics), leased] : [leased];
    }

    /// <summary>Ends an attempt that has nothing to show.</summary>
    public ImmutableArray<JournalEntry> End(Lease lease, FailureKind kind, string reason, DateTimeOffset at)
    {
        var task = TaskOf(lease);
        var ended = new JournalEntry.AttemptEnded(task.Pack.Id, lease.Number, kind, reason, at);
        return ConsequenceOf(lease, kind) switch
        {
            // A pack is not blamed for what would have met any other.
            Consequence.GiveUp when !AfterFailure(ended, lease).IsOpen =>
                [ended, new JournalEntry.PackFailed(task.Pack.Id, task.Trials, kind, reason, at)],
            Consequence.Bisect when !AfterFailure(ended, lease).IsOpen =>
                [ended, new JournalEntry.Split(task.Pack.Id, task.Halves, kind, reason, at)],
            // What is too large once is too large again: packs of the same shape are cut before they are tried.
            Consequence.Shrink =>
                [ended, .. AlikeOrSelf(task).Select(alike => new JournalEntry.Split(alike.Pack.Id, alike.Shrunk, kind, reason, at))],
            _ => [ended],
        };
    }

    /// <summary>Allows the aggregator to publish; nothing when it was allowed to already.</summary>
    public ImmutableArray<JournalEntry> Grant(
        Lease lease, StagedSegment segment, ImmutableArray<Divergence> divergences, double wallSeconds)
    {
        if (lease.Granted?.Segment == segment)
        {
            return [];
        }

        var task = TaskOf(lease);
        var before = PausedBefore(task);
        var content = new SegmentContent(
            task.Trials, task.Name(divergences), task.Schedule, lease.Worker, wallSeconds + (before?.Content.WallSeconds ?? 0),
            before?.File.Name);
        return [new JournalEntry.CommitGranted(task.Pack.Id, lease.Number, segment, content)];
    }

    /// <summary>Records that the granted segment is in place.</summary>
    public static ImmutableArray<JournalEntry> Commit(JournalEntry.CommitGranted granted, DateTimeOffset at) =>
        [new JournalEntry.Committed(granted.Pack, granted.Lease, granted.Segment.Name, at)];

    /// <summary>Makes a journalled line true.</summary>
    public void Apply(JournalEntry entry, TimeSpan now)
    {
        switch (entry)
        {
            case JournalEntry.Leased leased:
                Adopt(leased, now);
                break;
            case JournalEntry.CommitGranted granted:
                Leases.Grant(granted, now);
                break;
            case JournalEntry.AttemptEnded ended when Leases.Remove(ended.Lease) is { } lease:
                breaker = AfterFailure(ended, lease);
                conduct.Ended(lease, ended.Kind);
                Requeue(lease, ended.Kind);
                break;
            case JournalEntry.Split split:
                Replace(taskOf[split.Pack], split.Parts);
                break;
            case JournalEntry.PackFailed given:
                pending = pending.Remove(new PendingPack(tries[taskOf[given.Pack]], taskOf[given.Pack]));
                Failed += given.Trials.Length;
                break;
            case JournalEntry.Committed done when Leases.Remove(done.Lease) is { } lease:
                breaker = breaker.AfterCommit();
                conduct.Committed(lease.Worker, now);
                if (lease.Granted!.Segment.Checkpoint is not null)
                {
                    // It gets on: workers that vanish now and then are no reason to blame it.
                    losses.Remove(lease.Task);
                    pending = pending.Add(new PendingPack(tries[lease.Task], lease.Task));
                    break;
                }

                committed += lease.Granted.Content.Trials.Length;
                diverged += lease.Granted.Content.Diverged.Length;
                break;
        }

        History.Apply(entry);
    }

    /// <summary>
    /// Takes up a lease that an earlier coordinator gave and that may still be alive; false when its pack is not pending.
    /// </summary>
    public bool Adopt(JournalEntry.Leased leased, TimeSpan now)
    {
        if (!taskOf.TryGetValue(leased.Pack, out var task) || !pending.Contains(new PendingPack(tries[task], task)))
        {
            return false;
        }

        pending = PlantedBug.DoubleGrant.IsPlanted() ? pending : pending.Remove(new PendingPack(tries[task], task));
        Leases.Add(new Lease(leased.Lease, task, leased.Worker, null, leased.Attempt, now), now);
        return true;
    }

    /// <summary>Trials by state.</summary>
    public TrialCounts Count()
    {
        var total = tasks.Sum(task => (long)task.Committed + task.Wanted.Length + task.Failed);
        var running = Leases.Sum(lease => (long)TaskOf(lease).Wanted.Length);
        return new TrialCounts(total, committed, diverged, Failed, total - committed - Failed - running, running);
    }

    /// <summary>Number of packs, and of those with nothing left to do.</summary>
    public (int All, int Done) CountPacks() =>
        (tasks.Count - wasReplaced.Count, tasks.Count - wasReplaced.Count - pending.Count - Leases.Count);

    private SegmentRecord? PausedBefore(PackTask task) =>
        task.MayPause && LeasePolicy.Trusts(History.Attempts(task.Pack.Id), History.IsSuspect(task.Pack.Id))
        && History.Begun.TryGetValue(task.Pack.Id, out var paused) && LeasePolicy.GoesOn(task, paused) ? paused : null;

    private Consequence ConsequenceOf(Lease lease, FailureKind kind) => LeasePolicy.After(
        TaskOf(lease), kind, History.Attempts(TaskOf(lease).Pack.Id) + 1, losses.GetValueOrDefault(lease.Task) + 1);

    /// <summary>A pack, and those pending that have its shape.</summary>
    private IEnumerable<PackTask> AlikeOrSelf(PackTask task) => pending
        .Select(waiting => tasks[waiting.Task])
        .Where(other => other.Kind == task.Kind && other.Pack.Lanes >= task.Pack.Lanes && !other.Shrunk.IsEmpty)
        .Prepend(task);

    /// <summary>Parts take a pack's place.</summary>
    private void Replace(int task, ImmutableArray<Pack> parts)
    {
        pending = pending.Remove(new PendingPack(tries[task], task));
        wasReplaced.Add(task);
        foreach (var part in parts.Select(tasks[task].Part))
        {
            taskOf.Add(part.Pack.Id, tasks.Count);
            if (part.Wanted.Length > 0)
            {
                pending = pending.Add(new PendingPack(0, tasks.Count));
            }

            tasks.Add(part);
            tries.Add(0);
        }

        tasks[task] = tasks[task].Handed;
    }

    private CircuitBreaker AfterFailure(JournalEntry.AttemptEnded ended, Lease lease) => breaker.AfterFailure(
        ended.Pack, ended.Kind, ended.Reason, Spent(lease, ended.Kind));

    /// <summary>
    /// Trials that failed alike for good; also those of a pack both halves of which fail, before it is searched any further.
    /// </summary>
    private int Spent(Lease lease, FailureKind kind)
    {
        var task = TaskOf(lease);
        return ConsequenceOf(lease, kind) switch
        {
            Consequence.GiveUp => task.Wanted.Length,
            Consequence.Bisect when PackSplit.SiblingOf(task.Pack.Id) is { } sibling && taskOf.TryGetValue(sibling, out var other)
                && wasReplaced.Contains(other) =>
                task.Pack.Count + tasks[other].Pack.Count,
            _ => 0,
        };
    }

    private void Requeue(Lease lease, FailureKind kind)
    {
        if (kind == FailureKind.Lost)
        {
            losses[lease.Task] = losses.GetValueOrDefault(lease.Task) + 1;
        }
        else if (kind is FailureKind.Error or FailureKind.OutOfMemory)
        {
            tries[lease.Task]++;
        }

        if (kind is FailureKind.Lost or FailureKind.Error or FailureKind.OutOfMemory)
        {
            endedWith[lease.Task] = lease.Worker;
        }

        pending = pending.Add(new PendingPack(tries[lease.Task], lease.Task));
    }
}
