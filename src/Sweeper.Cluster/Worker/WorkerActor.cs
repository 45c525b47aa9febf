using Akka.Actor;
using Akka.Event;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// Asks for packs, has them trained, sends what they measure, and repeats everything that is not answered. What it has is the
/// <see cref="WorkerLife"/>'s, which trains on while coordinator, aggregator or the node are missing, up to a full window.
/// </summary>
internal sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private readonly WorkerLife life;
    private readonly IActorRef coordinator;
    private readonly IExperimentCatalog catalog;
    private readonly ClusterTimings timings;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly WorkerReady ready;
    private IActorRef aggregator = ActorRefs.Nobody;
    private IActorRef? leaving;
    private string? waitsFor;

    /// <param name="life">Whom it sends and hears for.</param>
    /// <param name="coordinator">Reaches the coordinator wherever it is.</param>
    /// <param name="catalog">Experiments of this build.</param>
    /// <param name="version">Version of Sweeper.</param>
    /// <param name="timings">Patience.</param>
    public WorkerActor(WorkerLife life, IActorRef coordinator, IExperimentCatalog catalog, string version, ClusterTimings timings)
    {
        this.life = life;
        this.coordinator = coordinator;
        this.catalog = catalog;
        this.timings = timings;
        life.GoOn(Self, Context.System);
        var definition = life.Definition;
        ready = new WorkerReady(
            definition.Name, life.Incarnation, definition.Device, definition.Numerics,
            [.. catalog.All.Select(experiment => new ExperimentVersion(experiment.Name, experiment.Version))], version);

        Receive<PackLease>(Accept);
        Receive<NothingNow>(Wait);
        Receive<SweepText>(Learn);
        Receive<LeaseKept>(kept => ForPack(kept.Lease, current => Meet(current, kept.Aggregator)));
        Receive<LeaseOver>(over => ForPack(over.Lease, _ => LetGo()));
        Receive<Drain>(drain => ForPack(drain.Lease, current => EndSoon(current, new Fault(ExitCode.Stopped, "stopped on request"))));
        Receive<ChunkAck>(ack => ForPack(ack.Lease, current =>
        {
            current.Chunks.Acknowledge(ack.UpTo);
            current.HasProgressed = true;
            Send(current);
        }));
        Receive<ChunkResend>(resend => ForPack(resend.Lease, current => SendFrom(current, resend.From)));
        Receive<CheckpointPart>(part => ForPack(part.Lease, current => Take(current, part)));
        Receive<GraceOver>(over => ForPack(over.Lease, current => Insist(current, over.Fault)));
        Receive<ChunkAppended>(appended => ForPack(appended.Lease, Send));
        Receive<TrainingEnded>(ended => ForPack(ended.Lease, Conclude));
        Receive<Dismissed>(_ => life.Definition.Dismissed?.Invoke());
        Receive<Leave>(_ => Retire());
        Receive<Ask>(_ => AskForWork());
        Receive<Renew>(_ => RepeatAll());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Ask), Ask.Instance, timings.AskEvery);
        if (life.Pack is { } pack)
        {
            GoOn(pack);
        }
        else
        {
            AskForWork();
        }
    }

    /// <summary>The worker has this pack from an earlier node: its lease is renewed like any other, and the next coordinator has it in its journal.</summary>
    private void GoOn(ActivePack pack)
    {
        log.Info("lease {Lease}: pack {Pack} goes on", pack.Lease.Lease.Number, pack.Lease.Pack.Id);

        // Who had asked it to end is gone, and so is the timer that would have insisted.
        pack.IsEnding = false;
        Timers.StartPeriodicTimer(nameof(Renew), Renew.Instance, pack.Lease.RenewEvery);
        Conclude(pack);
        RepeatAll();
    }

    private void ForPack(LeaseId lease, Action<ActivePack> act)
    {
        if (life.Pack is { } pack && pack.Lease.Lease == lease)
        {
            act(pack);
        }
    }

    private void AskForWork()
    {
        if (life.Pack is null && leaving is null)
        {
            coordinator.Tell(ready);
        }
    }

    /// <summary>Its process is to end: the pack goes back, and then it says so.</summary>
    private void Retire()
    {
        leaving = Sender;
        coordinator.Tell(new WorkerLeaves(ready.Worker, ready.Incarnation));
        if (life.Pack is not { } pack)
        {
            leaving.Tell(Left.Instance);
        }
        else
        {
            EndSoon(pack, new Fault(ExitCode.Preempted, "its worker was asked to leave"));
        }
    }

    /// <summary>The pack is to end: at a checkpoint, if it reaches one within the grace and was trained long enough.</summary>
    private void EndSoon(ActivePack current, Fault fault)
    {
        if (current.IsEnding || current.Finished is not null)
        {
            // What is trained needs only to be committed.
            return;
        }

        current.IsEnding = true;
        if (current.Job?.Pause(timings.WorthPausing) is true)
        {
            Timers.StartSingleTimer(nameof(GraceOver), new GraceOver(current.Lease.Lease, fault), timings.PauseGrace);
        }
        else
        {
            GiveUp(current, FailureKind.Drained, fault);
        }
    }

    private void Insist(ActivePack current, Fault fault)
    {
        if (current.Finished is null)
        {
            GiveUp(current, FailureKind.Drained, fault);
        }
    }

    private void Wait(NothingNow nothing)
    {
        if (life.Pack is null && waitsFor != nothing.Reason)
        {
            waitsFor = nothing.Reason;
            life.Definition.Waits(nothing.Reason);
        }
    }

    private void Accept(PackLease lease)
    {
        if (life.Pack is not null || leaving is not null)
        {
            return;
        }

        waitsFor = null;
        var pack = life.Pack = new ActivePack(lease, new ChunkStream(timings.Window, timings.KeptBytes));
        Meet(pack, lease.Aggregator);
        Timers.StartPeriodicTimer(nameof(Renew), Renew.Instance, lease.RenewEvery);
        StartTraining(pack);
        RepeatAll();
    }

    private void Learn(SweepText text)
    {
        if (life.Plan?.Sweep != text.Sweep)
        {
            life.Plan = new PlanSource(text.Sweep, text.Text, catalog);
        }

        if (life.Pack is { } pack)
        {
            StartTraining(pack);
        }
    }

    private void Take(ActivePack current, CheckpointPart part)
    {
        if (current.Checkpoint?.Add(part.Offset, part.Bytes) is true)
        {
            AskForCheckpoint(current);
            StartTraining(current);
        }
    }

    private void AskForCheckpoint(ActivePack current)
    {
        if (current.Checkpoint is { IsComplete: false } checkpoint)
        {
            aggregator.Tell(new GetCheckpoint(current.Lease.Lease, checkpoint.Received));
        }
    }

    /// <summary>Once plan and checkpoint are here.</summary>
    private void StartTraining(ActivePack current)
    {
        if (current is not { Job: null, Failed: null, Checkpoint: null or { IsComplete: true } } || life.Plan is not { } source || source.Sweep != current.Lease.Lease.Sweep)
        {
            return;
        }

        var lease = current.Lease;
        current.Job = new TrainingJob(
            current.Chunks,
            () => source.WorkFor(lease.Pack, Positions.FromBits(lease.Wanted.Span)),
            () => life.Tell(new ChunkAppended(lease.Lease)),
            () => life.Tell(new TrainingEnded(lease.Lease)))
        {
            PauseEvery = lease.Start.MayPause ? life.Definition.CheckpointEvery : null,
            From = current.Checkpoint is { } checkpoint ? () => checkpoint.Content : null,
        };
        life.Start(current.Job);
    }

    private void Meet(ActivePack current, string path)
    {
        if (path.Length == 0)
        {
            return;
        }

        var met = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path);
        if (!met.Equals(aggregator))
        {
            aggregator = met;
            current.Chunks.StartOver();
            Send(current);
        }
    }

    private void Send(ActivePack current)
    {
        foreach (var (sequence, bytes) in current.Chunks.TakeUnsent())
        {
            aggregator.Tell(new Chunk(current.Lease.Lease, sequence, bytes));
        }

        if (current.Finished is not null && current.Chunks.IsAcknowledged)
        {
            aggregator.Tell(current.Finished);
        }
    }

    private void SendFrom(ActivePack current, int from)
    {
        AskForCheckpoint(current);
        if (current.Chunks.Rewind(from))
        {
            current.HasProgressed = true;
            Send(current);
        }
        else
        {
            GiveUp(current, FailureKind.Lost, new Fault(
                ExitCode.Internal, $"the aggregator had to begin again, and what was measured is not kept: more than {timings.KeptBytes >> 20} MiB, or than {Path.GetTempPath()} takes"));
        }
    }

    /// <summary>Once training has ended.</summary>
    private void Conclude(ActivePack current)
    {
        switch (current.Job?.Result)
        {
            case TrainingResult.Finished finished:
                current.Finished = new PackFinished(
                    current.Lease.Lease, current.Chunks.Count, finished.Outcome.Diverged, finished.WallSeconds);
                Send(current);
                break;
            case TrainingResult.Failed failed:
                log.Warning(failed.Cause, "pack {Pack}: {Kind}", current.Lease.Pack.Id, failed.Kind);
                GiveUp(current, failed.Kind, failed.Fault);
                break;
        }
    }

    private void GiveUp(ActivePack current, FailureKind kind, Fault fault)
    {
        current.Job?.Cancel();
        current.Failed ??= new PackFailed(current.Lease.Lease, kind, fault);
        coordinator.Tell(current.Failed);
    }

    private void LetGo()
    {
        life.LetGo();
        Timers.Cancel(nameof(Renew));
        Timers.Cancel(nameof(GraceOver));
        leaving?.Tell(Left.Instance);
        AskForWork();
    }

    private void RepeatAll()
    {
        if (life.Pack is not { } pack)
        {
            return;
        }

        if (pack.Failed is not null)
        {
            coordinator.Tell(pack.Failed);
            return;
        }

        coordinator.Tell(pack.Renewal(ready.Worker, ready.Incarnation));
        AskForCheckpoint(pack);
        if (life.Plan?.Sweep != pack.Lease.Lease.Sweep)
        {
            coordinator.Tell(new GetSweep(pack.Lease.Lease.Sweep));
        }

        if (!pack.HasProgressed)
        {
            pack.Chunks.SendAgain();
        }

        pack.HasProgressed = false;
        Send(pack);
    }

    /// <summary>Ends what runs and asks for no more; answered with <see cref="Left"/>. Never leaves its process.</summary>
    internal sealed record Leave
    {
        public static Leave Instance { get; } = new();
    }

    /// <summary>The worker has no pack any more, and will have none.</summary>
    internal sealed record Left
    {
        public static Left Instance { get; } = new();
    }

    private sealed record GraceOver(LeaseId Lease, Fault Fault);

    private sealed record ChunkAppended(LeaseId Lease);

    private sealed record TrainingEnded(LeaseId Lease);

    private sealed record Ask
    {
        public static Ask Instance { get; } = new();
    }

    private sealed record Renew
    {
        public static Renew Instance { get; } = new();
    }
}
