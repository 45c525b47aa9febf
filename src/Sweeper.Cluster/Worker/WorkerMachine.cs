using Akka.Actor;
using Akka.Event;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// The decisions of a worker: it asks for packs, has them trained, sends what they measure, and repeats everything that is not answered.
/// </summary>
/// <param name="state">What it has; more than one machine may use it, one after the other.</param>
/// <param name="ready">How it asks for work.</param>
/// <param name="coordinator">Reaches the coordinator wherever it is.</param>
/// <param name="find">The actor at an address.</param>
/// <param name="catalog">Experiments of this build.</param>
/// <param name="timings">Patience.</param>
internal sealed class WorkerMachine(
    WorkerState state, WorkerReady ready, IActorRef coordinator, Func<string, IActorRef> find, IExperimentCatalog catalog,
    ClusterTimings timings) : Machine
{
    private IActorRef aggregator = ActorRefs.Nobody;
    private IActorRef? leaving;
    private string? waitsFor;

    /// <inheritdoc/>
    protected override void Handle(object message)
    {
        switch (message)
        {
            case WorkerBegins:
                OnWorkerBegins();
                break;
            case PackLease lease:
                OnPackLease(lease);
                break;
            case NothingNow nothing:
                OnNothingNow(nothing);
                break;
            case SweepText text:
                OnSweepText(text);
                break;
            case LeaseKept kept when PackOf(kept.Lease) is { } pack:
                SendTo(pack, kept.Aggregator);
                break;
            case LeaseOver over when PackOf(over.Lease) is { } pack:
                OnLeaseOver(pack);
                break;
            case Drain drain when PackOf(drain.Lease) is { } pack:
                EndSoon(pack, new Fault(ExitCode.Stopped, "stopped on request"));
                break;
            case ChunkAck ack when PackOf(ack.Lease) is { } pack:
                OnChunkAck(pack, ack);
                break;
            case ChunkResend resend when PackOf(resend.Lease) is { } pack:
                OnChunkResend(pack, resend);
                break;
            case CheckpointPart part when PackOf(part.Lease) is { } pack:
                OnCheckpointPart(pack, part);
                break;
            case ChunkAppended appended when PackOf(appended.Lease) is { } pack:
                Send(pack);
                break;
            case TrainingEnded ended when PackOf(ended.Lease) is { } pack:
                OnTrainingEnded(pack);
                break;
            case PauseGraceOver over when PackOf(over.Lease) is { Finished: null } pack:
                GiveUp(pack, FailureKind.Drained, over.Fault);
                break;
            case RenewLease renew when PackOf(renew.Lease) is { } pack:
                OnRenewLease(pack);
                break;
            case AskForWork:
                Ask();
                break;
            case Dismissed:
                Do(new WorkerEffect.Dismiss());
                break;
            case LeaveWork:
                OnLeaveWork();
                break;
        }
    }

    private ActivePack? PackOf(LeaseId lease) => state.Pack is { } pack && pack.Lease.Lease == lease ? pack : null;

    /// <summary>
    /// A pack that it has from an earlier node goes on: its lease is renewed like any other, and the next coordinator has it in its
    /// journal.
    /// </summary>
    private void OnWorkerBegins()
    {
        if (state.Pack is not { } pack)
        {
            Ask();
            return;
        }

        Log(LogLevel.InfoLevel, "lease {Lease}: pack {Pack} goes on", pack.Lease.Lease.Number, pack.Lease.Pack.Id);

        // Who had asked it to end is gone, and so is the alarm that would have insisted.
        pack.IsEnding = false;
        OnTrainingEnded(pack);
        OnRenewLease(pack);
    }

    private void Ask()
    {
        if (state.Pack is null && leaving is null)
        {
            Tell(coordinator, ready);
        }
    }

    /// <summary>Its process is to end: the pack goes back, and then it says so.</summary>
    private void OnLeaveWork()
    {
        leaving = Sender;
        Tell(coordinator, new WorkerLeaves(ready.Worker, ready.Incarnation));
        if (state.Pack is { } pack)
        {
            EndSoon(pack, new Fault(ExitCode.Preempted, "its worker was asked to leave"));
        }
        else
        {
            Reply(WorkerLeft.Instance);
        }
    }

    /// <summary>The pack is to end: at a checkpoint, if it reaches one within the grace and was trained long enough.</summary>
    private void EndSoon(ActivePack pack, Fault fault)
    {
        if (pack.IsEnding || pack.Finished is not null)
        {
            // What is trained needs only to be committed.
            return;
        }

        pack.IsEnding = true;
        if (pack.Job?.IsWorthPausing(timings.WorthPausing) is true)
        {
            Do(new WorkerEffect.PauseTraining(pack));
            Do(new Effect.Alarm(new PauseGraceOver(pack.Lease.Lease, fault), timings.PauseGrace));
        }
        else
        {
            GiveUp(pack, FailureKind.Drained, fault);
        }
    }

    private void OnNothingNow(NothingNow nothing)
    {
        if (state.Pack is null && waitsFor != nothing.Reason)
        {
            waitsFor = nothing.Reason;
            Do(new WorkerEffect.SayWhy(nothing.Reason));
        }
    }

    private void OnPackLease(PackLease lease)
    {
        if (state.Pack is not null || leaving is not null)
        {
            return;
        }

        waitsFor = null;
        var pack = state.Pack = new ActivePack(lease, new ChunkStream(timings.Window, timings.KeptBytes));
        SendTo(pack, lease.Aggregator);
        StartTraining(pack);
        RenewLater(pack);
        if (lease.Aggregator.Length == 0)
        {
            // The answer says where it is, by now.
            Tell(coordinator, pack.Renewal(ready.Worker, ready.Incarnation));
        }

        AskForMissing(pack);
    }

    private void OnSweepText(SweepText text)
    {
        if (state.Plan?.Sweep != text.Sweep)
        {
            state.Plan = new PlanSource(text.Sweep, text.Text, catalog);
        }

        if (state.Pack is { } pack)
        {
            StartTraining(pack);
        }
    }

    private void OnCheckpointPart(ActivePack pack, CheckpointPart part)
    {
        if (pack.Checkpoint?.Add(part.Offset, part.Bytes) is true)
        {
            AskForCheckpoint(pack);
            StartTraining(pack);
        }
    }

    private void AskForMissing(ActivePack pack)
    {
        AskForCheckpoint(pack);
        if (state.Plan?.Sweep != pack.Lease.Lease.Sweep)
        {
            Tell(coordinator, new GetSweep(pack.Lease.Lease.Sweep));
        }
    }

    private void AskForCheckpoint(ActivePack pack)
    {
        if (pack.Checkpoint is { IsComplete: false } checkpoint)
        {
            Tell(aggregator, new GetCheckpoint(pack.Lease.Lease, checkpoint.Received));
        }
    }

    /// <summary>Once plan and checkpoint are here.</summary>
    private void StartTraining(ActivePack pack)
    {
        if (pack is { IsStarted: false, Failed: null, Checkpoint: null or { IsComplete: true } }
            && state.Plan is { } plan && plan.Sweep == pack.Lease.Lease.Sweep)
        {
            pack.IsStarted = true;
            Do(new WorkerEffect.StartTraining(pack, plan));
        }
    }

    private void SendTo(ActivePack pack, string address)
    {
        if (address.Length == 0)
        {
            return;
        }

        var there = find(address);
        if (!there.Equals(aggregator))
        {
            aggregator = there;
            pack.Chunks.StartOver();
            Send(pack);
        }
    }

    private void Send(ActivePack pack)
    {
        foreach (var (sequence, bytes) in pack.Chunks.TakeUnsent())
        {
            Tell(aggregator, new Chunk(pack.Lease.Lease, sequence, bytes));
        }

        if (pack.Finished is { } finished && pack.Chunks.IsAcknowledged)
        {
            Tell(aggregator, finished);
        }
    }

    private void OnChunkAck(ActivePack pack, ChunkAck ack)
    {
        pack.Chunks.Acknowledge(ack.UpTo);
        pack.HasProgressed = true;
        Send(pack);
    }

    private void OnChunkResend(ActivePack pack, ChunkResend resend)
    {
        AskForCheckpoint(pack);
        if (pack.Chunks.Rewind(resend.From))
        {
            pack.HasProgressed = true;
            Send(pack);
        }
        else
        {
            GiveUp(pack, FailureKind.Lost, new Fault(
                ExitCode.Internal, "the aggregator had to begin again, and what was measured is not kept: "
                + $"more than {timings.KeptBytes >> 20} MiB, or than {Path.GetTempPath()} takes"));
        }
    }

    /// <summary>Once training has a result.</summary>
    private void OnTrainingEnded(ActivePack pack)
    {
        switch (pack.Job?.Result)
        {
            case TrainingResult.Finished finished:
                pack.Finished = new PackFinished(pack.Lease.Lease, pack.Chunks.Count, finished.Outcome.Diverged, finished.WallSeconds);
                Send(pack);
                break;
            case TrainingResult.Failed failed:
                Do(new Effect.Log(LogLevel.WarningLevel, "pack {Pack}: {Kind}", pack.Lease.Pack.Id, failed.Kind) { Cause = failed.Cause });
                GiveUp(pack, failed.Kind, failed.Fault);
                break;
        }
    }

    private void GiveUp(ActivePack pack, FailureKind kind, Fault fault)
    {
        Do(new WorkerEffect.CancelTraining(pack));
        pack.Failed ??= new PackFailed(pack.Lease.Lease, kind, fault);
        Tell(coordinator, pack.Failed);
    }

    private void OnLeaseOver(ActivePack pack)
    {
        state.Pack = null;
        Do(new WorkerEffect.DiscardPack(pack));
        if (leaving is not null)
        {
            Tell(leaving, WorkerLeft.Instance);
        }

        Ask();
    }

    private void RenewLater(ActivePack pack) => Do(new Effect.Alarm(new RenewLease(pack.Lease.Lease), pack.Lease.RenewEvery));

    private void OnRenewLease(ActivePack pack)
    {
        RenewLater(pack);
        if (pack.Failed is not null)
        {
            Tell(coordinator, pack.Failed);
            return;
        }

        Tell(coordinator, pack.Renewal(ready.Worker, ready.Incarnation));
        AskForMissing(pack);
        if (!pack.HasProgressed)
        {
            pack.Chunks.SendAgain();
        }

        pack.HasProgressed = false;
        Send(pack);
    }
}
