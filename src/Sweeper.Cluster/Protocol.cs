using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster;

/// <summary>Everything that may travel between actors of a Sweeper cluster. Every message is repeated or can be derived again.</summary>
internal interface ISweeperMessage;

/// <summary>A message about a lease, to the sweep that gave it; a coordinator passes it on.</summary>
internal interface ILeaseMessage : ISweeperMessage
{
    /// <summary>Which.</summary>
    LeaseId Lease { get; }
}

/// <summary>
/// A worker's right to run a pack. Numbers only rise within a sweep's folder, so that an old lease is never mistaken for a new one.
/// </summary>
/// <param name="Sweep">Key of plan and folder (<see cref="SweepKey"/>).</param>
/// <param name="Number">As in the journal.</param>
internal readonly record struct LeaseId(string Sweep, long Number);

/// <summary>An experiment that a worker can train.</summary>
internal sealed record ExperimentVersion(string Name, int Version);

// worker -> coordinator, which passes on what is about a lease

/// <summary>A worker without a pack asks for one; repeated until answered.</summary>
internal sealed record WorkerReady(
    string Worker, string Incarnation, string Device, string Numerics, ImmutableArray<ExperimentVersion> Experiments,
    string Version) : ISweeperMessage;

/// <summary>The worker still has its pack, and is this far.</summary>
internal sealed record LeaseRenewed(LeaseId Lease, string Worker, string Incarnation, PackStep At) : ILeaseMessage;

/// <summary>An attempt ended without a result; from the worker, or from the aggregator when rows cannot be stored.</summary>
internal sealed record PackFailed(LeaseId Lease, FailureKind Kind, Fault Fault) : ILeaseMessage;

/// <summary>A worker has a lease on a sweep whose plan it does not know.</summary>
internal sealed record GetSweep(string Sweep) : ISweeperMessage;

/// <summary>A worker will take no more packs: its process is to end.</summary>
internal sealed record WorkerLeaves(string Worker, string Incarnation) : ISweeperMessage;

// coordinator, sweep -> worker

/// <summary>
/// A pack to run. Wanted: positions to measure, as bits; Aggregator: where its chunks go; Start: where it begins. Also tells the aggregator
/// what a lease is.
/// </summary>
internal sealed record PackLease(
    LeaseId Lease, Pack Pack, ReadOnlyMemory<byte> Wanted, int Attempt, TimeSpan RenewEvery, string Aggregator, PackStart Start)
        : ISweeperMessage
{
    /// <summary>What the sweep is trained with.</summary>
    public EngineKind Engine { get; init; }
}

/// <summary>There is no pack for this worker at present.</summary>
internal sealed record NothingNow(string Reason) : ISweeperMessage;

/// <summary>Answers <see cref="LeaseRenewed"/>; the aggregator may be another one than before.</summary>
internal sealed record LeaseKept(LeaseId Lease, string Aggregator) : ISweeperMessage;

/// <summary>Committed, failed, given to another, or never heard of: forget everything about this lease.</summary>
internal sealed record LeaseOver(LeaseId Lease) : ISweeperMessage;

/// <summary>Stop training this pack: at a checkpoint if one comes soon; repeated.</summary>
internal sealed record Drain(LeaseId Lease) : ISweeperMessage;

/// <summary>Give back what runs, at a checkpoint if one comes soon, and end the process.</summary>
internal sealed record Dismissed : ISweeperMessage;

/// <summary>The resolved sweep file, from which plan and work are computed.</summary>
internal sealed record SweepText(string Sweep, string Text) : ISweeperMessage;

// worker -> aggregator

/// <summary>Next at most <see cref="MaxBytes"/> of the pack's measurements (<see cref="Wire.BlockCodec"/>).</summary>
internal sealed record Chunk(LeaseId Lease, int Sequence, ReadOnlyMemory<byte> Bytes) : ISweeperMessage
{
    /// <summary>What one message carries of measurements or of a checkpoint: half of what a frame may hold.</summary>
    public const int MaxBytes = 64_000;
}

/// <summary>Training is done, or paused, and was sent in this many chunks; repeated until the lease is over.</summary>
internal sealed record PackFinished(LeaseId Lease, int Chunks, ImmutableArray<Divergence> Diverged, double WallSeconds) : ISweeperMessage;

/// <summary>Asks for the checkpoint that a lease begins with, from an offset on; repeated until answered.</summary>
internal sealed record GetCheckpoint(LeaseId Lease, long Offset) : ISweeperMessage;

// aggregator -> worker

/// <summary>Next at most 64 kB of a checkpoint.</summary>
internal sealed record CheckpointPart(LeaseId Lease, long Offset, ReadOnlyMemory<byte> Bytes) : ISweeperMessage;

/// <summary>All chunks up to and with this one are in the draft.</summary>
internal sealed record ChunkAck(LeaseId Lease, int UpTo) : ISweeperMessage;

/// <summary>Send again from this chunk on: one was lost, or the aggregator is a new one (0).</summary>
internal sealed record ChunkResend(LeaseId Lease, int From) : ISweeperMessage;

// aggregator -> sweep

/// <summary>What is this lease? Answered with <see cref="PackLease"/> or <see cref="LeaseOver"/>.</summary>
internal sealed record DescribeLease(LeaseId Lease) : ILeaseMessage;

/// <summary>A pack is staged; repeated until decided.</summary>
internal sealed record MayCommit(LeaseId Lease, StagedSegment Segment, ImmutableArray<Divergence> Diverged, double WallSeconds)
    : ILeaseMessage;

/// <summary>The segment is in place; repeated until the lease is over.</summary>
internal sealed record Committed(LeaseId Lease, string Segment) : ILeaseMessage;

// sweep -> aggregator

/// <summary>Whether the staged segment may be published.</summary>
internal sealed record CommitDecision(LeaseId Lease, bool Granted) : ISweeperMessage;

// client -> coordinator

/// <summary>Run a sweep; repeated with the same submission until answered, and again when the coordinator has forgotten it.</summary>
internal sealed record SubmitSweep(Submission Sweep) : ISweeperMessage;

/// <summary>Give out nothing more, end what runs, release the folder.</summary>
internal sealed record DrainSweep(string Submission) : ISweeperMessage;

/// <summary>Stop whatever runs in a results folder, whoever submitted it. Repeated, with the same id, until nothing runs there.</summary>
internal sealed record CancelSweep(string Id, string Folder) : ISweeperMessage;

/// <summary>
/// Dismiss these workers, all when none is named, and none where a name is unknown. Answered with <see cref="WorkersThere"/>; repeated
/// until none of them is.
/// </summary>
internal sealed record DrainWorkers(ImmutableArray<string> Names) : ISweeperMessage;

/// <summary>Answered with <see cref="Status.SweepStatus"/> or <see cref="SweepUnknown"/>.</summary>
internal sealed record GetStatus(string Submission) : ISweeperMessage;

// coordinator -> client (also SweepStatus)

/// <summary>The sweep is running, or was already.</summary>
internal sealed record SweepAccepted(string Submission) : ISweeperMessage;

/// <summary>Whether the sweep to be cancelled is still running, and whether there was one at all.</summary>
internal sealed record SweepCancelled(string Id, bool IsRunning, bool WasRunning) : ISweeperMessage;

/// <summary>All workers that the coordinator has heard of lately.</summary>
internal sealed record WorkersThere(ImmutableArray<string> Names) : ISweeperMessage;

/// <summary>The sweep cannot run.</summary>
internal sealed record SweepRefused(string Submission, Fault Fault) : ISweeperMessage;

/// <summary>The coordinator knows nothing of this submission: it was restarted.</summary>
internal sealed record SweepUnknown(string Submission) : ISweeperMessage;
