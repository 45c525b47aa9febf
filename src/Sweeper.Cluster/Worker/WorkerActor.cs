using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// Asks for packs, has them trained on its <see cref="TrainingThread"/>, sends what they measure, and repeats everything
/// that is not answered. It trains on while coordinator or aggregator are missing, up to a full window.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "PostStop disposes.")]
internal sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private readonly WorkerDefinition definition;
    private readonly IActorRef coordinator;
    private readonly IExperimentCatalog catalog;
    private readonly ClusterTimings timings;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly TrainingThread training;
    private readonly WorkerReady ready;
    private PlanSource? plan;
    private ActivePack? pack;
    private IActorRef aggregator = ActorRefs.Nobody;
    private IActorRef? leaving;
    private string? waitsFor;

    /// <param name="definition">Who it is.</param>
    /// <param name="coordinator">Reaches the coordinator wherever it is.</param>
    /// <param name="catalog">Experiments of this build.</param>
    /// <param name="version">Version of Sweeper.</param>
    /// <param name="timings">Patience.</param>
    public WorkerActor(WorkerDefinition definition, IActorRef coordinator, IExperimentCatalog catalog, string version, ClusterTimings timings)
    {
        this.definition = definition;
        this.coordinator = coordinator;
        this.catalog = catalog;
        this.timings = timings;
        training = new TrainingThread(definition.Name, definition.CreateRunner);
        ready = new WorkerReady(
            definition.Name, Guid.NewGuid().ToString("N")[..8], definition.Device, definition.Numerics,
            [.. catalog.All.Select(experiment => new ExperimentVersion(experiment.Name, experiment.Version))], version);

        Receive<PackLease>(Accept);
        Receive<NothingNow>(Wait);
        Receive<SweepText>(Learn);
        Receive<LeaseKept>(kept => ForPack(kept.Lease, _ => Meet(kept.Aggregator)));
        Receive<LeaseOver>(over => ForPack(over.Lease, LetGo));
        Receive<Drain>(drain => ForPack(drain.Lease, current => EndSoon(current, new Fault(ExitCode.Stopped, "stopped on request"))));
        Receive<ChunkAck>(ack => ForPack(ack.Lease, current =>
        {
            current.Chunks.Acknowledge(ack.UpTo);
            current.HasProgressed = true;
            Send();
        }));
        Receive<ChunkResend>(resend => ForPack(resend.Lease, current => SendFrom(current, resend.From)));
        Receive<CheckpointPart>(part => ForPack(part.Lease, current => Take(current, part)));
        Receive<GraceOver>(over => ForPack(over.Lease, current => Insist(current, over.Fault)));
        Receive<ChunkAppended>(appended => ForPack(appended.Lease, _ => Send()));
        Receive<TrainingEnded>(ended => ForPack(ended.Lease, current => Conclude(current, ended.Result)));
        Receive<Dismissed>(_ => definition.Dismissed?.Invoke());
        Receive<Leave>(_ => Retire());
        Receive<Ask>(_ => AskForWork());
        Receive<Renew>(_ => RepeatAll());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Ask), Ask.Instance, timings.AskEvery);
        AskForWork();
    }

    protected override void PostStop()
    {
        training.Dispose();
        pack?.Chunks.Dispose();
    }

    private void ForPack(LeaseId lease, Action<ActivePack> act)
    {
        if (pack is not null && pack.Lease.Lease == lease)
        {
            act(pack);
        }
    }

    private void AskForWork()
    {
        if (pack is null && leaving is null)
        {
            coordinator.Tell(ready);
        }
    }

    /// <summary>Its process is to end: the pack goes back, and then it says so.</summary>
    private void Retire()
    {
        leaving = Sender;
        coordinator.Tell(new WorkerLeaves(definition.Name, ready.Incarnation));
        if (pack is null)
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
            GiveUp(FailureKind.Drained, fault);
        }
    }

    private void Insist(ActivePack current, Fault fault)
    {
        if (current.Finished is null)
        {
            GiveUp(FailureKind.Drained, fault);
        }
    }

    private void Wait(NothingNow nothing)
    {
        if (pack is null && waitsFor != nothing.Reason)
        {
            waitsFor = nothing.Reason;
            definition.Waits(nothing.Reason);
        }
    }

    private void Accept(PackLease lease)
    {
        if (pack is not null || leaving is not null)
        {
            return;
        }

        waitsFor = null;
        pack = new ActivePack(lease, new ChunkStream(timings.Window, timings.KeptBytes));
        Meet(lease.Aggregator);
        Timers.StartPeriodicTimer(nameof(Renew), Renew.Instance, lease.RenewEvery);
        StartTraining(pack);
        RepeatAll();
    }

    private void Learn(SweepText text)
    {
        if (plan?.Sweep != text.Sweep)
        {
            plan = new PlanSource(text.Sweep, text.Text, catalog);
        }

        if (pack is not null)
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
        if (current is not { Job: null, Failed: null, Checkpoint: null or { IsComplete: true } } || plan is not { } source || source.Sweep != current.Lease.Lease.Sweep)
        {
            return;
        }

        var self = Self;
        var lease = current.Lease;
        current.Job = new TrainingJob(
            current.Chunks,
            () => source.WorkFor(lease.Pack, Positions.FromBits(lease.Wanted.Span)),
            () => self.Tell(new ChunkAppended(lease.Lease)),
            result => self.Tell(new TrainingEnded(lease.Lease, result)))
        {
            PauseEvery = lease.Start.MayPause ? definition.CheckpointEvery : null,
            From = current.Checkpoint is { } checkpoint ? () => checkpoint.Content : null,
        };
        training.Start(current.Job);
    }

    private void Meet(string path)
    {
        if (path.Length == 0)
        {
            return;
        }

        var met = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path);
        if (!met.Equals(aggregator))
        {
            aggregator = met;
            pack!.Chunks.SendAgain();
            Send();
        }
    }

    private void Send()
    {
        foreach (var (sequence, bytes) in pack!.Chunks.TakeUnsent())
        {
            aggregator.Tell(new Chunk(pack.Lease.Lease, sequence, bytes));
        }

        if (pack.Finished is not null && pack.Chunks.IsAcknowledged)
        {
            aggregator.Tell(pack.Finished);
        }
    }

    private void SendFrom(ActivePack current, int from)
    {
        AskForCheckpoint(current);
        if (current.Chunks.Rewind(from))
        {
            current.HasProgressed = true;
            Send();
        }
        else
        {
            GiveUp(FailureKind.Lost, new Fault(
                ExitCode.Internal, $"the aggregator had to begin again, and what was measured is not kept: more than {timings.KeptBytes >> 20} MiB, or than {Path.GetTempPath()} takes"));
        }
    }

    private void Conclude(ActivePack current, TrainingResult result)
    {
        switch (result)
        {
            case TrainingResult.Finished finished:
                current.Finished = new PackFinished(
                    current.Lease.Lease, current.Chunks.Count, finished.Outcome.Diverged, finished.WallSeconds);
                Send();
                break;
            case TrainingResult.Failed failed:
                log.Warning(failed.Cause, "pack {Pack}: {Kind}", current.Lease.Pack.Id, failed.Kind);
                GiveUp(failed.Kind, failed.Fault);
                break;
        }
    }

    private void GiveUp(FailureKind kind, Fault fault)
    {
        pack!.Job?.Cancel();
        pack.Failed ??= new PackFailed(pack.Lease.Lease, kind, fault);
        coordinator.Tell(pack.Failed);
    }

    private void LetGo(ActivePack current)
    {
        current.Job?.Cancel();
        current.Chunks.Dispose();
        pack = null;
        Timers.Cancel(nameof(Renew));
        Timers.Cancel(nameof(GraceOver));
        leaving?.Tell(Left.Instance);
        AskForWork();
    }

    private void RepeatAll()
    {
        if (pack is null)
        {
            return;
        }

        if (pack.Failed is not null)
        {
            coordinator.Tell(pack.Failed);
            return;
        }

        coordinator.Tell(pack.Renewal(definition.Name, ready.Incarnation));
        AskForCheckpoint(pack);
        if (plan?.Sweep != pack.Lease.Lease.Sweep)
        {
            coordinator.Tell(new GetSweep(pack.Lease.Lease.Sweep));
        }

        if (!pack.HasProgressed)
        {
            pack.Chunks.SendAgain();
        }

        pack.HasProgressed = false;
        Send();
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

    private sealed record TrainingEnded(LeaseId Lease, TrainingResult Result);

    private sealed record Ask
    {
        public static Ask Instance { get; } = new();
    }

    private sealed record Renew
    {
        public static Renew Instance { get; } = new();
    }
}
