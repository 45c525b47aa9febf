using Akka.Actor;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;

namespace Sweeper.Cluster.Aggregator;

/// <summary>
/// The decisions of an aggregator: one draft a lease, of chunks in order, published when its sweep allows it. It keeps nothing that workers
/// cannot send again; a new one begins every draft from its first chunk.
/// </summary>
/// <param name="sweep">Knows the leases.</param>
internal sealed class AggregatorMachine(IActorRef sweep) : Machine
{
    private readonly Dictionary<LeaseId, DraftProgress> drafts = [];
    private readonly Dictionary<LeaseId, IActorRef> strangers = [];

    /// <inheritdoc/>
    protected override void Handle(object message)
    {
        switch (message)
        {
            case Chunk chunk when DraftOf(chunk.Lease) is { } draft:
                OnChunk(draft, chunk);
                break;
            case PackFinished finished when DraftOf(finished.Lease) is { } draft:
                OnPackFinished(draft, finished);
                break;
            case GetCheckpoint request when DraftOf(request.Lease) is not null:
                Do(new AggregatorEffect.SendCheckpoint(request.Lease, request.Offset, Sender));
                break;
            case PackLease lease:
                OnPackLease(lease);
                break;
            case CommitDecision decision:
                OnCommitDecision(decision);
                break;
            case LeaseOver over:
                Forget(over.Lease);
                break;
            case DraftClosed closed:
                Report(closed.Request.Lease, closed.Request);
                break;
            case DraftPublished published:
                Report(published.Report.Lease, published.Report);
                break;
            case DraftFailed failed:
                OnDraftFailed(failed);
                break;
            case Look:
                OnLook();
                break;
        }
    }

    /// <summary>The draft of a lease; where there is none yet, its sweep is asked what the lease is.</summary>
    private DraftProgress? DraftOf(LeaseId lease)
    {
        if (drafts.TryGetValue(lease, out var draft))
        {
            draft.Worker = Sender;
            return draft;
        }

        if (strangers.TryAdd(lease, Sender))
        {
            Tell(sweep, new DescribeLease(lease));
        }

        return null;
    }

    private void OnPackLease(PackLease lease)
    {
        if (strangers.Remove(lease.Lease, out var worker) && !drafts.ContainsKey(lease.Lease))
        {
            drafts.Add(lease.Lease, new DraftProgress { Worker = worker });
            Do(new AggregatorEffect.Begin(lease));
            Tell(worker, new ChunkResend(lease.Lease, 0));
        }
    }

    private void OnChunk(DraftProgress draft, Chunk chunk)
    {
        if (chunk.Sequence > draft.Next)
        {
            AskAgain(chunk.Lease, draft);
            return;
        }

        if (chunk.Sequence == draft.Next)
        {
            Do(new AggregatorEffect.Append(chunk.Lease, chunk.Bytes));
            draft.Next++;
            draft.Missing = null;
        }

        Reply(new ChunkAck(chunk.Lease, draft.Next - 1));
    }

    private void OnPackFinished(DraftProgress draft, PackFinished finished)
    {
        if (draft.Report is { } report)
        {
            Tell(sweep, report);
        }
        else if (draft.Next < finished.Chunks)
        {
            AskAgain(finished.Lease, draft);
        }
        else
        {
            Do(new AggregatorEffect.Close(finished.Lease, finished.Diverged, finished.WallSeconds));
        }
    }

    private void OnCommitDecision(CommitDecision decision)
    {
        if (!drafts.TryGetValue(decision.Lease, out var draft) || draft.Report is null)
        {
            return;
        }

        if (!decision.Granted)
        {
            Forget(decision.Lease);
        }
        else if (draft.Report is MayCommit)
        {
            Do(new AggregatorEffect.Publish(decision.Lease));
        }
        else
        {
            Tell(sweep, draft.Report);
        }
    }

    private void OnDraftFailed(DraftFailed failed)
    {
        var lease = failed.Failure.Lease;
        Tell(sweep, failed.Failure);
        if (drafts.Remove(lease, out var draft))
        {
            Do(new AggregatorEffect.Drop(lease));
            Tell(draft.Worker, new LeaseOver(lease));
        }
    }

    private void OnLook()
    {
        foreach (var lease in strangers.Keys)
        {
            Tell(sweep, new DescribeLease(lease));
        }

        foreach (var draft in drafts.Values)
        {
            draft.Missing = null;
            if (draft.Report is { } report)
            {
                Tell(sweep, report);
            }
        }
    }

    private void Report(LeaseId lease, ILeaseMessage report)
    {
        if (drafts.TryGetValue(lease, out var draft))
        {
            draft.Report = report;
            Tell(sweep, report);
        }
    }

    private void Forget(LeaseId lease)
    {
        if (drafts.Remove(lease, out var draft))
        {
            Do(new AggregatorEffect.Drop(lease));
            Tell(draft.Worker, new LeaseOver(lease));
        }

        if (strangers.Remove(lease, out var stranger))
        {
            Tell(stranger, new LeaseOver(lease));
        }
    }

    /// <summary>Everything after a lost chunk arrives out of order: one request is enough until the next look.</summary>
    private void AskAgain(LeaseId lease, DraftProgress draft)
    {
        if (draft.Missing != draft.Next)
        {
            draft.Missing = draft.Next;
            Tell(draft.Worker, new ChunkResend(lease, draft.Next));
        }
    }

    /// <summary>How far the draft of a lease is.</summary>
    private sealed class DraftProgress
    {
        /// <summary>Who sends.</summary>
        public required IActorRef Worker { get; set; }

        /// <summary>Sequence number of the next chunk.</summary>
        public int Next { get; set; }

        /// <summary>Chunk that was asked for again and has not come.</summary>
        public int? Missing { get; set; }

        /// <summary>What the sweep is being asked, or told, about it: null while chunks are coming.</summary>
        public ILeaseMessage? Report { get; set; }
    }
}
