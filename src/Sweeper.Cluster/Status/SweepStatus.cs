using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Status;

/// <summary>How far a sweep is.</summary>
public enum SweepState
{
    /// <summary>
    /// Packs are pending and none is running: no worker is there, or none may have one (see <see cref="WorkerStatus.Reason"/>).
    /// </summary>
    Waiting,
    /// <summary>Packs are being trained.</summary>
    Running,
    /// <summary>All is committed or failed; curves, summaries and figures are being brought up to date.</summary>
    Deriving,
    /// <summary>All is committed or failed, and derived.</summary>
    Completed,
    /// <summary>Stopped on request; the folder can be resumed.</summary>
    Stopped,
    /// <summary>Stopped by a fault that would meet every pack (see <see cref="SweepStatus.Fault"/>); the folder can be resumed.</summary>
    Paused,
    /// <summary>Cannot go on (see <see cref="SweepStatus.Fault"/>).</summary>
    Failed,
}

/// <summary>What the coordinator knows of a sweep, for displays.</summary>
/// <param name="Submission">Which submission.</param>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="State">How far it is.</param>
/// <param name="Trials">Trials by state.</param>
/// <param name="Packs">Number of packs of the plan.</param>
/// <param name="PacksDone">Packs with nothing left to do.</param>
/// <param name="Work">How much of it is done, and when the rest will be.</param>
/// <param name="Running">Packs that are being trained, by lease.</param>
/// <param name="Workers">Workers heard of lately, by name.</param>
/// <param name="Warning">Something to show loudly, or null: every trial diverges.</param>
/// <param name="Fault">Why it is paused or failed, or null.</param>
/// <param name="ExitCode">What `sweeper run` exits with, once the state is final; else null.</param>
public sealed record SweepStatus(
    string Submission,
    string Sweep,
    SweepState State,
    TrialCounts Trials,
    int Packs,
    int PacksDone,
    SweepWork Work,
    ImmutableArray<PackProgress> Running,
    ImmutableArray<WorkerStatus> Workers,
    string? Warning,
    Fault? Fault,
    ExitCode? ExitCode) : ISweeperMessage
{
    /// <summary>Whether nothing more will happen.</summary>
    public bool IsFinal => State is SweepState.Completed or SweepState.Stopped or SweepState.Paused or SweepState.Failed;
}

/// <summary>Trials of a sweep by state. Total = Committed + Failed + Pending + Running.</summary>
/// <param name="Total">Trials that the run is about: those of the plan, or of its scope.</param>
/// <param name="Committed">Safe on disk and known to the coordinator, those that diverged included.</param>
/// <param name="Diverged">Committed trials that became non-finite.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Pending">In no worker's hands.</param>
/// <param name="Running">In packs that are being trained or written.</param>
public sealed record TrialCounts(long Total, long Committed, long Diverged, long Failed, long Pending, long Running);

/// <summary>A pack that is being trained.</summary>
/// <param name="Pack">Which pack.</param>
/// <param name="Worker">Who trains it.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Trials">Trials measured in it.</param>
/// <param name="Alive">Of these, not diverged, as last reported.</param>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="LastStep">Steps in all; 0 before the first report.</param>
/// <param name="Headline">
/// Its <see cref="Core.Measurements.Headline"/> against step, mean over living trials, thinned out; empty before the first
/// measurement and for all but the oldest packs.
/// </param>
public sealed record PackProgress(
    PackId Pack, string Worker, int Attempt, int Trials, int Alive, long Step, long LastStep, ImmutableArray<CurvePoint> Headline);

/// <summary>A point of a curve; the value is NaN where no trial has one.</summary>
public readonly record struct CurvePoint(long Step, double Value);

/// <summary>A worker.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Device">Its device.</param>
/// <param name="Reason">Why it has no pack, or null when it has one.</param>
public sealed record WorkerStatus(string Worker, string Device, string? Reason);
