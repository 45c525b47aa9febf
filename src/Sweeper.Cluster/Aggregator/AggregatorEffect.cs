using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Aggregator;

/// <summary>
/// What only the shell of an aggregator can do, about the draft of a lease. Where it cannot be done, <see cref="DraftFailed"/> follows, and
/// nothing else of the same decision is done.
/// </summary>
internal abstract record AggregatorEffect(LeaseId Lease) : Effect
{
    /// <summary>Begins a staged file.</summary>
    public sealed record Begin(PackLease Pack) : AggregatorEffect(Pack.Lease);

    /// <summary>Adds the next chunk.</summary>
    public sealed record Append(LeaseId Lease, ReadOnlyMemory<byte> Bytes) : AggregatorEffect(Lease);

    /// <summary>Closes and syncs it: answered with <see cref="DraftClosed"/>.</summary>
    public sealed record Close(LeaseId Lease, ImmutableArray<Divergence> Diverged, double WallSeconds) : AggregatorEffect(Lease);

    /// <summary>Puts it in place: answered with <see cref="DraftPublished"/>.</summary>
    public sealed record Publish(LeaseId Lease) : AggregatorEffect(Lease);

    /// <summary>Removes whatever of it is not in place.</summary>
    public sealed record Drop(LeaseId Lease) : AggregatorEffect(Lease);

    /// <summary>Sends its worker a part of the checkpoint that the lease begins with.</summary>
    public sealed record SendCheckpoint(LeaseId Lease, long Offset, IActorRef Worker) : AggregatorEffect(Lease);
}

/// <summary>All rows of a lease are staged.</summary>
internal sealed record DraftClosed(MayCommit Request);

/// <summary>What was staged is in place.</summary>
internal sealed record DraftPublished(Committed Report);

/// <summary>Something about a draft could not be done.</summary>
internal sealed record DraftFailed(PackFailed Failure, Exception Cause);
