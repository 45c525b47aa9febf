using System.Collections.Immutable;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>
/// A sweep in its open folder of which a test takes the decisions itself: ledger, group commit and journal, without a machine.
/// </summary>
internal sealed class LedgerSession : IDisposable
{
    private readonly ISweepFolder folder;
    private readonly CoordinatorSetup setup;
    private readonly OpenSweep sweep;
    private readonly GroupCommit commit;
    private bool isAnnounced;

    private LedgerSession(ISweepFolder folder, SweepPlan plan, Submission submission, CoordinatorSetup setup)
    {
        this.folder = folder;
        this.setup = setup;
        (sweep, var due) = SweepOpening.Of(plan, submission, folder.Journal.History, IsIntact, setup, Moment.Of(setup.Clock));
        commit = new GroupCommit(Perform);
        due.ToList().ForEach(commit.Add);
        Save();
        isAnnounced = !due.IsEmpty;
    }

    public SweepLedger Ledger => sweep.Ledger;

    public PackPace Pace => sweep.Pace;

    public string Key => sweep.Key;

    public ISegmentStore Segments => folder.Segments;

    public static LedgerSession Open(SweepPlan plan, RunScope scope, string path, CoordinatorSetup setup)
    {
        var folder = setup.Folders.OpenForWriting(plan, path);
        return new LedgerSession(folder, plan, new Submission("", plan.ResolvedText, path, scope), setup);
    }

    public Lease? Find(LeaseId id) => sweep.Find(id);

    public PackLease Describe(Lease lease) => sweep.Describe(lease);

    public bool IsIntact(StagedSegment segment) => folder.Segments.IsIntact(segment);

    /// <summary>Makes decisions true; <see cref="Save"/> must follow.</summary>
    public void Record(ImmutableArray<JournalEntry> lines)
    {
        commit.Add(new SweepEffect.Journal(isAnnounced ? lines : [sweep.Announcement(setup.At), .. lines]));
        isAnnounced = true;
        foreach (var line in lines)
        {
            Ledger.Apply(line, setup.Now);
            if (line is JournalEntry.Split split)
            {
                commit.Add(new SweepEffect.WhenSaved(sweep.DropUnused(split.Pack)));
            }
        }
    }

    /// <summary>Once what was recorded is on disk.</summary>
    public void Then(Action act) => commit.Add(new SweepEffect.WhenSaved(new Act(act)));

    public void Save() => commit.Save(lines => folder.Journal.Append(lines));

    public void End(Lease lease, FailureKind kind, string reason)
    {
        if (lease.Granted is { } granted && IsIntact(granted.Segment))
        {
            Commit(granted);
        }
        else
        {
            Record(Ledger.End(lease, kind, reason, setup.At));
        }
    }

    public void Commit(JournalEntry.CommitGranted granted)
    {
        var task = Ledger.TaskOf(Ledger.Leases.Find(granted.Lease)!);
        Pace.Learn(task.Kind, task.Pack.Lanes, granted.Content.WallSeconds);
        Record(SweepLedger.Commit(granted, setup.At));
        commit.Add(new SweepEffect.WhenSaved(sweep.DropUnused(granted.Pack)));
    }

    public void Dispose() => folder.Dispose();

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case SweepEffect.DropCheckpoints unused:
                folder.Segments.DropCheckpoints(unused.Pack, unused.Except);
                break;
            case Act act:
                act.Do();
                break;
        }
    }

    private sealed record Act(Action Do) : Effect;
}
