using Akka.Actor;
using Akka.Event;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Aggregator;

/// <summary>
/// Turns chunks into segments: one draft a lease, published when the coordinator allows it. It keeps nothing that
/// workers cannot send again; a new one begins every draft from its first chunk.
/// </summary>
internal sealed class AggregatorActor : ReceiveActor, IWithTimers
{
    private readonly IActorRef coordinator;
    private readonly SweepPlan plan;
    private readonly ISegmentStore store;
    private readonly ClusterTimings timings;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly Dictionary<LeaseId, Draft> drafts = [];
    private readonly Dictionary<LeaseId, IActorRef> strangers = [];

    public AggregatorActor(IActorRef coordinator, SweepPlan plan, ISegmentStore store, ClusterTimings timings)
    {
        this.coordinator = coordinator;
        this.plan = plan;
        this.store = store;
        this.timings = timings;
        Receive<Chunk>(chunk => WithDraft(chunk.Lease, draft => Take(draft, chunk)));
        Receive<PackFinished>(finished => WithDraft(finished.Lease, draft => Finish(draft, finished)));
        Receive<GetCheckpoint>(request => WithDraft(request.Lease, draft => draft.Worker.Tell(
            new CheckpointPart(request.Lease, request.Offset, draft.ReadCheckpoint(request.Offset, Chunk.MaxBytes)))));
        Receive<PackLease>(Begin);
        Receive<CommitDecision>(Obey);
        Receive<LeaseOver>(over => Forget(over.Lease));
        Receive<Repeat>(_ => RepeatReports());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef coordinator, SweepPlan plan, ISegmentStore store, ClusterTimings timings) =>
        Akka.Actor.Props.Create(() => new AggregatorActor(coordinator, plan, store, timings)).WithDispatcher(Restarting.BlockingDispatcher);

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Repeat), Repeat.Instance, timings.AskEvery);

    protected override void PostStop()
    {
        foreach (var draft in drafts.Values)
        {
            Drop(draft);
        }
    }

    private void WithDraft(LeaseId lease, Action<Draft> act)
    {
        if (!drafts.TryGetValue(lease, out var draft))
        {
            if (strangers.TryAdd(lease, Sender))
            {
                coordinator.Tell(new DescribeLease(lease));
            }

            return;
        }

        draft.Worker = Sender;
        Guarded(draft.Lease, Sender, () => act(draft));
    }

    private void Begin(PackLease lease)
    {
        if (!strangers.Remove(lease.Lease, out var worker) || drafts.ContainsKey(lease.Lease))
        {
            return;
        }

        Guarded(lease.Lease, worker, () =>
        {
            var work = plan.WorkFor(lease.Pack, static (_, _) => true);
            var header = new SegmentHeader(
                lease.Pack.Id, lease.Lease.Number, lease.Start.Interval, work.Trials, Positions.FromBits(lease.Wanted.Span), work.Schedule);
            drafts.Add(lease.Lease, new Draft(lease.Lease, store, header, lease.Start.From) { Worker = worker });
            worker.Tell(new ChunkResend(lease.Lease, 0));
        });
    }

    private static void Take(Draft draft, Chunk chunk)
    {
        if (chunk.Sequence > draft.Next)
        {
            AskAgain(draft);
            return;
        }

        if (chunk.Sequence == draft.Next)
        {
            draft.Add(chunk.Bytes);
        }

        draft.Worker.Tell(new ChunkAck(draft.Lease, draft.Next - 1));
    }

    private void Finish(Draft draft, PackFinished finished)
    {
        if (draft.Report is null && draft.Next < finished.Chunks)
        {
            AskAgain(draft);
            return;
        }

        if (draft.Report is null)
        {
            draft.Close(finished.Diverged, finished.WallSeconds);
        }

        coordinator.Tell(draft.Report!);
    }

    private void Obey(CommitDecision decision)
    {
        if (!drafts.TryGetValue(decision.Lease, out var draft) || draft.Report is null)
        {
            return;
        }

        if (!decision.Granted)
        {
            Forget(decision.Lease);
            return;
        }

        Guarded(decision.Lease, draft.Worker, () =>
        {
            draft.Publish();
            coordinator.Tell(draft.Report);
        });
    }

    private void Forget(LeaseId lease)
    {
        if (drafts.Remove(lease, out var draft))
        {
            Drop(draft);
            draft.Worker.Tell(new LeaseOver(lease));
        }

        if (strangers.Remove(lease, out var stranger))
        {
            stranger.Tell(new LeaseOver(lease));
        }
    }

    private void RepeatReports()
    {
        foreach (var lease in strangers.Keys)
        {
            coordinator.Tell(new DescribeLease(lease));
        }

        foreach (var draft in drafts.Values)
        {
            draft.Missing = null;
            if (draft.Report is not null)
            {
                coordinator.Tell(draft.Report);
            }
        }
    }

    /// <summary>A disk that refuses is the sweep's trouble, anything else that pack's.</summary>
    private void Guarded(LeaseId lease, IActorRef worker, Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception)
        {
            log.Error(exception, "lease {Lease} cannot be written", lease.Number);
            var kind = exception is SweepException or IOException or UnauthorizedAccessException ? FailureKind.Storage : FailureKind.Error;
            coordinator.Tell(new PackFailed(lease, kind, Fault.From(exception)));
            if (drafts.Remove(lease, out var draft))
            {
                Drop(draft);
            }

            worker.Tell(new LeaseOver(lease));
        }
    }

    private void Drop(Draft draft)
    {
        try
        {
            draft.Dispose();
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            log.Warning("a staged file of lease {Lease} stays behind: {Problem}", draft.Lease.Number, exception.Message);
        }
    }

    private static void AskAgain(Draft draft)
    {
        // Everything behind a lost chunk arrives out of order: one request is enough until the next look.
        if (draft.Missing != draft.Next)
        {
            draft.Missing = draft.Next;
            draft.Worker.Tell(new ChunkResend(draft.Lease, draft.Next));
        }
    }

    private sealed record Repeat
    {
        public static Repeat Instance { get; } = new();
    }
}
