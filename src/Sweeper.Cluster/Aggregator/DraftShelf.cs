using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Aggregator;

/// <summary>The drafts of an aggregator, by lease: does what its machine asks for.</summary>
/// <param name="plan">Says what a pack is.</param>
/// <param name="store">Where files are staged.</param>
internal sealed class DraftShelf(SweepPlan plan, ISegmentStore store)
{
    private readonly Dictionary<LeaseId, LeaseDraft> drafts = [];

    /// <summary>
    /// Does it; what the machine, or a worker, is to be told, or null. A disk that refuses is the sweep's trouble, anything else that
    /// pack's.
    /// </summary>
    public object? Perform(AggregatorEffect effect)
    {
        try
        {
            return Act(effect);
        }
        catch (Exception exception)
        {
            var kind = exception is SweepException or IOException or UnauthorizedAccessException ? FailureKind.Storage : FailureKind.Error;
            return new DraftFailed(new PackFailed(effect.Lease, kind, Fault.From(exception)), exception);
        }
    }

    /// <summary>Removes whatever is not published.</summary>
    public void Clear()
    {
        foreach (var lease in drafts.Keys.ToList())
        {
            Drop(lease);
        }
    }

    private object? Act(AggregatorEffect effect)
    {
        switch (effect)
        {
            case AggregatorEffect.Begin begin:
                drafts.Add(begin.Lease, Begin(begin.Pack));
                return null;
            case AggregatorEffect.Append append:
                drafts[append.Lease].Add(append.Bytes);
                return null;
            case AggregatorEffect.Close close:
                var staged = drafts[close.Lease].Close(close.Diverged);
                return new DraftClosed(new MayCommit(close.Lease, staged, close.Diverged, close.WallSeconds));
            case AggregatorEffect.Publish publish:
                return new DraftPublished(new Committed(publish.Lease, drafts[publish.Lease].Publish()));
            case AggregatorEffect.SendCheckpoint send:
                return new CheckpointPart(send.Lease, send.Offset, drafts[send.Lease].ReadCheckpoint(send.Offset, Chunk.MaxBytes));
            default:
                Drop(effect.Lease);
                return null;
        }
    }

    private LeaseDraft Begin(PackLease lease)
    {
        var work = plan.WorkFor(lease.Pack, static (_, _) => true);
        var header = new SegmentHeader(
            lease.Pack.Id, lease.Lease.Number, lease.Start.Interval, work.Trials, PositionBits.FromBits(lease.Wanted.Span), work.Schedule);
        return new LeaseDraft(store, header, lease.Start.From);
    }

    /// <summary>A disk that refuses this leaves a staged file behind: whoever opens the folder next removes it.</summary>
    private void Drop(LeaseId lease)
    {
        if (drafts.Remove(lease, out var draft))
        {
            try
            {
                draft.Dispose();
            }
            catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
