using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>A sweep as its coordinator knows it.</summary>
/// <param name="plan">What to run.</param>
/// <param name="submission">Where, what of it, and by which rules.</param>
/// <param name="ledger">Where every pack is.</param>
/// <param name="pace">How long packs take.</param>
/// <param name="setup">Version and patience.</param>
internal sealed class OpenSweep(SweepPlan plan, Submission submission, SweepLedger ledger, PackPace pace, CoordinatorSetup setup)
{
    /// <summary>Key of plan and folder.</summary>
    public string Key { get; } = SweepKey.Of(plan, submission.Folder);

    /// <summary>The results folder.</summary>
    public string Path => submission.Folder;

    /// <summary>What to run.</summary>
    public SweepPlan Plan => plan;

    /// <summary>Where every pack is.</summary>
    public SweepLedger Ledger => ledger;

    /// <summary>How long packs take.</summary>
    public PackPace Pace => pace;

    /// <summary>Address of the aggregator; empty while there is none.</summary>
    public string Aggregator { get; set; } = "";

    /// <summary>How far it is.</summary>
    public SweepPhase Phase { get; set; } = SweepPhase.Active;

    /// <summary>How it ends, once that is known.</summary>
    public SweepEnding? Ending { get; set; }

    /// <summary>Packs that can be given now.</summary>
    public int Pending => Phase == SweepPhase.Active ? ledger.PendingCount : 0;

    /// <summary>Whether to stop at the first trial that is given up.</summary>
    public bool FailsFast => Rules.FailFast;

    /// <summary>What a worker must be able to do.</summary>
    public SweepNeeds Needs => new(
        new ExperimentVersion(plan.Experiment.Name, plan.Experiment.Version), ledger.History.Numerics, Rules.Mixed, setup.Version)
    {
        Fits = plan.Engine, Asked = Rules.Engine,
    };

    /// <summary>The line that a run begins with in the journal.</summary>
    public JournalEntry.Opened Announcement(DateTimeOffset at) => new(
        Environment.MachineName, Environment.ProcessId, setup.Version, at, submission.Scope.Only,
        submission.Scope.Limit == long.MaxValue ? null : submission.Scope.Limit, setup.Submissions.Cluster);

    /// <summary>The open lease of this name, or null.</summary>
    public Lease? Find(LeaseId id) => id.Sweep == Key ? ledger.Leases.Find(id.Number) ?? Planted(id) : null;

    /// <summary>Its name on the wire.</summary>
    public LeaseId IdOf(Lease lease) => new(Key, lease.Number);

    /// <summary>What its worker, or a new aggregator, is told of it.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="engine">What trains; of no interest to an aggregator.</param>
    public PackLease Describe(Lease lease, EngineKind engine = EngineKind.Torch)
    {
        var task = ledger.TaskOf(lease);
        var wanted = PositionBits.ToBits(task.Wanted, task.Pack.Count);
        return new PackLease(IdOf(lease), task.Pack, wanted, lease.Attempt, setup.Timings.RenewEvery, Aggregator, ledger.StartOf(lease))
        {
            Engine = engine,
        };
    }

    /// <summary>Of a pack's checkpoints only the one that it goes on from counts, if there is one.</summary>
    public SweepEffect.DropCheckpoints DropUnused(PackId pack) => new(pack, ledger.History.Begun.GetValueOrDefault(pack)?.File.Checkpoint);

    private RunRules Rules => submission.Rules ?? RunRules.Usual;

    private Lease? Planted(LeaseId id) => PlantedBug.ForgottenFence.IsPlanted() && id.Number <= ledger.History.LastLease
        ? ledger.Leases.MinBy(lease => lease.Number)
        : null;
}
