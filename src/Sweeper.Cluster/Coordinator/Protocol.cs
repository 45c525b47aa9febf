using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster.Status;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

// What a coordinator and its sweeps say to each other. None of it leaves their process.

// the shell of a coordinator -> its machine

/// <summary>It begins, with what an earlier one accepted and did not end.</summary>
internal sealed record CoordinatorBegins(ImmutableArray<Submission> Left);

/// <summary>The actor of a sweep was made.</summary>
internal sealed record SweepStarted(string Sweep, IActorRef Actor);

/// <summary>What is asked for could not be kept. New: id of the submission that was to be taken up, if any.</summary>
internal sealed record NotKept(string? New, Fault Fault);

// coordinator -> sweep

/// <summary>
/// A worker says that it has nothing to do. Answered with <see cref="OfferAnswered"/>; the worker itself is told its lease.
/// </summary>
internal sealed record OfferWorker(WorkerReady Ready, IActorRef Worker);

/// <summary>A worker is gone. At: when that was seen, on the coordinator's monotonic clock.</summary>
internal sealed record WorkerGone(string Worker, TimeSpan At);

/// <summary>Give out nothing more, end what runs, release the folder.</summary>
internal sealed record StopSweep;

/// <summary>Tell the sender how far the sweep is.</summary>
internal sealed record ReportSweep(string Submission, ImmutableArray<WorkerSeen> Workers);

/// <summary>A worker, as the coordinator sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Device">Its device; empty when it has only renewed a lease.</param>
/// <param name="Reason">Why it has nothing to do, or null.</param>
/// <param name="Trains">Name of the sweep that it trains, or null.</param>
internal sealed record WorkerSeen(string Name, string Device, string? Reason, string? Trains);

// sweep -> coordinator

/// <summary>The folder is open, and these workers have packs from before.</summary>
internal sealed record SweepOpened(string Sweep, ImmutableArray<string> Holders, int Pending);

/// <summary>The folder cannot be opened.</summary>
internal sealed record SweepNotOpened(string Sweep, Fault Fault);

/// <summary>Whether the worker that was offered has a pack now. Refusal: why not, or null when it has.</summary>
/// <param name="Sweep">Key of the sweep.</param>
/// <param name="Worker">Who.</param>
/// <param name="Refusal">Why not; null when it has.</param>
/// <param name="Pending">Packs that can be given, after this.</param>
internal sealed record OfferAnswered(string Sweep, string Worker, string? Refusal, int Pending);

/// <summary>A worker has no lease of this sweep any more.</summary>
internal sealed record WorkerFree(string Sweep, string Worker);

/// <summary>So many packs can be given.</summary>
internal sealed record PacksPending(string Sweep, int Packs);

/// <summary>The folder is released.</summary>
internal sealed record SweepOver(string Sweep, SweepStatus Status);

// the shell of a sweep -> its machine, and what that has itself told later

/// <summary>The folder is open. IsAnnounced: whether the journal has a line about this run.</summary>
internal sealed record SweepBegins(bool IsAnnounced);

/// <summary>The folder is released.</summary>
internal sealed record FolderReleased;

/// <summary>Look at what is overdue.</summary>
internal sealed record Look
{
    public static Look Instance { get; } = new();
}

/// <summary>There is an aggregator. Path: where workers find it.</summary>
internal sealed record AggregatorStarted(IActorRef Aggregator, string Path);

/// <summary>An aggregator that was lost is to be made anew.</summary>
internal sealed record AggregatorDue;

/// <summary>Workers that were asked to stop had their time.</summary>
internal sealed record StopGraceOver;

/// <summary>Something could not be journalled or stored.</summary>
internal sealed record DiskRefused(Fault Fault);

/// <summary>Files are derived, or could not be.</summary>
internal sealed record DeriveEnded(Fault? Fault);
