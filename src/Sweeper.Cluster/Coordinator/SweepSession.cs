using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// A sweep in its open folder. What is decided is recorded at once, journalled by the next <see cref="Save"/> together with
/// all that was decided since the last one (one sync for all of it), and only then said to anyone.
/// </summary>
internal sealed class SweepSession : IDisposable
{
    private readonly ISweepFolder folder;
    private readonly CoordinatorSetup setup;
    private readonly RunScope scope;
    private readonly RunRules rules;
    private readonly List<JournalEntry> unwritten = [];
    private readonly List<Action> unsaid = [];
    private bool isAnnounced;

    private SweepSession(
        string path, SweepPlan plan, RunScope scope, ISweepFolder folder, SweepLedger ledger, PackPace pace, RunRules rules,
        CoordinatorSetup setup)
    {
        this.scope = scope;
        Path = path;
        Plan = plan;
        Key = SweepKey.Of(plan, path);
        Ledger = ledger;
        Pace = pace;
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

    /// <summary>How long packs take.</summary>
    public PackPace Pace { get; }

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
            var pace = new PackPace();
            ImmutableArray<PackTask> tasks =
            [
                .. OpenPack.Of(TrialScope.Of(plan, scope), new KnownTrials(plan, history)).Select(left =>
                {
                    pace.Learn(left, history);
                    return PackTask.Of(plan, left, pace.KindOf(left));
                }),
            ];
            var ledger = new SweepLedger(tasks, history, setup.Timings.LeaseTime);
            var session = new SweepSession(path, plan, scope, folder, ledger, pace, rules ?? RunRules.Usual, setup);
            session.unwritten.AddRange(settled);
            foreach (var committed in settled.OfType<JournalEntry.Committed>())
            {
                session.Then(() => session.DropUnused(committed.Pack));
            }

            if (history.Plan?.PlanHash != plan.Hash)
            {
                session.Record([new JournalEntry.Planned(plan.Hash, plan.ResolvedText, plan.TrialCount, plan.Packs, setup.At)]);
            }

            // A coordinator that was made anew in one process finds its workers there; those of another version do not train here.
            var before = history.LatestRun;
            var workersReturn = (before is null || before.Version == setup.Version)
                && (setup.WorkersReturn || (before?.Host == Environment.MachineName && before.Process == Environment.ProcessId));
            var open = OpenLeases.Of(entries.Concat(settled)).ToList();
            if (!workersReturn && !ledger.IsDone)
            {
                session.Record([.. open.Select(leased => new JournalEntry.AttemptEnded(
                    leased.Pack, leased.Lease, FailureKind.Lost, "its run is over", setup.At))]);
            }

            session.Save();
            foreach (var leased in workersReturn ? open : [])
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

    /// <summary>A granted segment is in place.</summary>
    public void Commit(JournalEntry.CommitGranted granted)
    {
        var hasPaused = granted.Segment.Checkpoint is not null || Ledger.History.Begun.ContainsKey(granted.Pack);
        if (granted.Segment.Checkpoint is null && Ledger.Leases.GetValueOrDefault(granted.Lease) is { } lease)
        {
            var task = Ledger.TaskOf(lease);
            Pace.Learn(task.Kind, task.Pack.Lanes, granted.Content.WallSeconds);
        }

        Record(SweepLedger.Commit(granted, setup.At));
        if (hasPaused)
        {
            Then(() => DropUnused(granted.Pack));
        }
    }

    /// <summary>Whether something is to be saved.</summary>
    public bool HasUnsaved => unwritten.Count + unsaid.Count > 0;

    /// <summary>Makes decisions true here. <see cref="Save"/> must follow.</summary>
    public void Record(ImmutableArray<JournalEntry> entries)
    {
        unwritten.AddRange(entries);
        foreach (var entry in entries)
        {
            Ledger.Apply(entry, setup.Now);
            if (entry is JournalEntry.Split split)
            {
                Then(() => DropUnused(split.Pack));
            }
        }
    }

    /// <summary>Does what others see (a message, a removed file) once all that was recorded before is on disk.</summary>
    public void Then(Action act)
    {
        if (HasUnsaved)
        {
            unsaid.Add(act);
        }
        else
        {
            act();
        }
    }

    /// <summary>Journals what was recorded, then does what waits for it. Where the disk refuses, nobody has heard of it, and nobody will.</summary>
    public void Save()
    {
        var due = unsaid.ToArray();
        unsaid.Clear();
        if (unwritten.Count > 0)
        {
            folder.Journal.Append([.. isAnnounced ? [] : Announcement(), .. unwritten]);
            unwritten.Clear();
            isAnnounced = true;
        }

        foreach (var act in due)
        {
            act();
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

    private ImmutableArray<JournalEntry> Announcement() =>
    [
        new JournalEntry.Opened(
            Environment.MachineName, Environment.ProcessId, setup.Version, setup.At,
            scope.Only, scope.Limit == long.MaxValue ? null : scope.Limit, setup.Submissions.Cluster),
    ];
}
