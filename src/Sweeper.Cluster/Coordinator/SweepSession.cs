using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>A sweep in its open folder: what is decided is journalled here first, then true.</summary>
internal sealed class SweepSession : IDisposable
{
    private readonly ISweepFolder folder;
    private readonly CoordinatorSetup setup;
    private readonly RunRules rules;
    private ImmutableArray<JournalEntry> unwritten = [];
    private bool isAnnounced;

    private SweepSession(string path, SweepPlan plan, ISweepFolder folder, SweepLedger ledger, RunRules rules, CoordinatorSetup setup)
    {
        Path = path;
        Plan = plan;
        Key = SweepKey.Of(plan, path);
        Ledger = ledger;
        this.folder = folder;
        this.rules = rules;
        this.setup = setup;
    }

    /// <summary>Key of plan and folder.</summary>
    public string Key { get; }

    /// <summary>The results folder.</summary>
    public string Path { get; }

    /// <summary>What to run.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Where every pack is.</summary>
    public SweepLedger Ledger { get; }

    /// <summary>Where rows go.</summary>
    public ISegmentStore Segments => folder.Segments;

    /// <summary>Address of the aggregator; empty while there is none.</summary>
    public string Aggregator { get; set; } = "";

    /// <summary>Whether to stop at the first trial that is given up.</summary>
    public bool FailsFast => rules.FailFast;

    /// <summary>What a worker must be able to do.</summary>
    public SweepNeeds Needs => new(new ExperimentVersion(Plan.Experiment.Name, Plan.Experiment.Version), Ledger.History.Numerics, rules.Mixed, setup.Version);

    /// <summary>
    /// Opens the folder and takes up what its journal says. A sweep with nothing to do writes nothing. Throws
    /// <see cref="Core.Errors.SweepException"/>.
    /// </summary>
    /// <param name="plan">What to run.</param>
    /// <param name="scope">What of it.</param>
    /// <param name="path">The results folder.</param>
    /// <param name="setup">What the coordinator is made with.</param>
    /// <param name="rules">What the run may do; null: the usual.</param>
    public static SweepSession Open(SweepPlan plan, RunScope scope, string path, CoordinatorSetup setup, RunRules? rules = null)
    {
        var folder = setup.Folders.OpenForWriting(plan, path);
        try
        {
            var entries = folder.Journal.History;
            var history = SweepHistory.Fold(entries);
            var settled = ImmutableArray.CreateRange(history.Unreported.SelectMany(granted => Settle(granted, folder.Segments, setup.At)));
            foreach (var entry in settled)
            {
                history.Apply(entry);
            }

            // Equal hashes mean equal cuts: the packs are those that were frozen when the plan was first accepted, or their parts.
            var included = TrialScope.Of(plan, scope);
            var known = new KnownTrials(plan, history);
            var tasks = history.Current(plan.Packs).Select(pack => PackTask.Of(included, pack, known)).ToImmutableArray();
            var session = new SweepSession(path, plan, folder, new SweepLedger(tasks, history, setup.Timings.LeaseTime), rules ?? RunRules.Usual, setup);
            session.Append(settled);
            foreach (var committed in settled.OfType<JournalEntry.Committed>())
            {
                session.DropUnused(committed.Pack);
            }

            if (history.Plan?.PlanHash != plan.Hash)
            {
                session.Record([new JournalEntry.Planned(plan.Hash, plan.ResolvedText, plan.TrialCount, plan.Packs, setup.At)]);
            }

            foreach (var leased in OpenLeases.Of(entries.Concat(settled)))
            {
                session.Ledger.Adopt(leased, setup.Now);
            }

            return session;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The open lease of this name, or null.</summary>
    public Lease? Find(LeaseId id) => id.Sweep == Key ? Ledger.Leases.GetValueOrDefault(id.Number) : null;

    /// <summary>Its name on the wire.</summary>
    public LeaseId IdOf(Lease lease) => new(Key, lease.Number);

    /// <summary>What its worker, or a new aggregator, is told of it.</summary>
    public PackLease Describe(Lease lease)
    {
        var task = Ledger.TaskOf(lease);
        var wanted = Positions.ToBits(task.Wanted, task.Pack.Count);
        return new PackLease(IdOf(lease), task.Pack, wanted, lease.Attempt, setup.Timings.RenewEvery, Aggregator, Ledger.StartOf(lease));
    }

    /// <summary>Ends an attempt, unless its segment is in place after all.</summary>
    public void End(Lease lease, FailureKind kind, string reason)
    {
        if (lease.Granted is { } granted && IsIntact(granted))
        {
            Commit(granted);
        }
        else
        {
            Record(Ledger.End(lease, kind, reason, setup.At));
        }
    }

    /// <summary>
    /// A granted segment is in place. That is true whether the journal says it or not (grant and file are on disk, and a
    /// coordinator that begins anew finds both), so the line may wait for the next ones: one sync for all of them.
    /// <see cref="Flush"/> must follow. Where checkpoints are to be removed, it does not wait.
    /// </summary>
    public void Commit(JournalEntry.CommitGranted granted)
    {
        var hasPaused = granted.Segment.Checkpoint is not null || Ledger.History.Begun.ContainsKey(granted.Pack);
        var lines = SweepLedger.Commit(granted, setup.At);
        if (hasPaused)
        {
            Record(lines);
            DropUnused(granted.Pack);
        }
        else
        {
            unwritten = [.. unwritten, .. lines];
            Apply(lines);
        }
    }

    /// <summary>Journals what has waited.</summary>
    public void Flush() => Append([]);

    /// <summary>Journals lines, then makes them true. When they cannot be journalled, nothing has changed.</summary>
    public void Record(ImmutableArray<JournalEntry> entries)
    {
        Append(entries);
        Apply(entries);
    }

    private void Apply(ImmutableArray<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            Ledger.Apply(entry, setup.Now);
            if (entry is JournalEntry.Split split)
            {
                DropUnused(split.Pack);
            }
        }
    }

    /// <summary>Whether a granted segment is in place.</summary>
    public bool IsIntact(JournalEntry.CommitGranted granted) => folder.Segments.IsIntact(granted.Segment);

    /// <summary>Brings the derived files up to date.</summary>
    public void Derive() => folder.Derive(Plan, Ledger.History);

    /// <summary>Releases the folder.</summary>
    public void Dispose() => folder.Dispose();

    /// <summary>
    /// What became of a commit that was granted and not reported, now that whoever was to publish it is gone: it is in
    /// place, or the attempt is lost.
    /// </summary>
    private static ImmutableArray<JournalEntry> Settle(JournalEntry.CommitGranted granted, ISegmentStore segments, DateTimeOffset at) =>
        segments.IsIntact(granted.Segment)
            ? SweepLedger.Commit(granted, at)
            : [new JournalEntry.AttemptEnded(granted.Pack, granted.Lease, FailureKind.Lost, "stopped between the grant of its commit and the rename", at)];

    /// <summary>Of a pack's checkpoints only the one that it goes on from counts, if there is one.</summary>
    private void DropUnused(PackId pack) => folder.Segments.DropCheckpoints(pack, Ledger.History.Begun.GetValueOrDefault(pack)?.File.Checkpoint);

    private void Append(ImmutableArray<JournalEntry> entries)
    {
        if (entries.IsEmpty && unwritten.IsEmpty)
        {
            return;
        }

        folder.Journal.Append([.. isAnnounced ? [] : Announcement(), .. unwritten, .. entries]);
        unwritten = [];
        isAnnounced = true;
    }

    private ImmutableArray<JournalEntry> Announcement() =>
        [new JournalEntry.Opened(Environment.MachineName, Environment.ProcessId, setup.Version, setup.At)];
}
