using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Sweeper.Cluster;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;

namespace Sweeper.Simulation.Scale;

/// <summary>
/// Says all that a worker says to the coordinator, and an aggregator to its sweep, in the same order, and trains and writes nothing: a
/// lease is at once described, staged, granted and reported.
/// </summary>
internal sealed class SimulatedWorker : ReceiveActor, IWithTimers
{
    private readonly WorkerReady ready;
    private readonly IActorRef coordinator;
    private readonly ClusterTimings timings;
    private readonly Action done;
    private IActorRef sweep = ActorRefs.Nobody;
    private PackLease? lease;
    private StagedSegment? segment;

    /// <param name="name">Its name.</param>
    /// <param name="coordinator">Whom it asks.</param>
    /// <param name="experiment">What it can train.</param>
    /// <param name="timings">Patience.</param>
    /// <param name="done">Called when a pack of its is committed.</param>
    public SimulatedWorker(string name, IActorRef coordinator, ExperimentDeclaration experiment, ClusterTimings timings, Action done)
    {
        this.coordinator = coordinator;
        this.done = done;
        this.timings = timings;
        ready = new WorkerReady(
            name, "life", "cpu", "simulated", [new ExperimentVersion(experiment.Name, experiment.Version)],
            typeof(ClusterTimings).Assembly.GetName().Version!.ToString(3));
        Receive<PackLease>(Train);
        Receive<CommitDecision>(decision => Publish(decision));
        Receive<LeaseOver>(over => LetGo(over.Lease));
        Receive<Beat>(_ => Repeat());
        Receive<NothingNow>(_ => { });
        Receive<LeaseKept>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Beat.Instance, Beat.Instance, timings.RenewEvery);
        coordinator.Tell(ready);
    }

    private void Train(PackLease given)
    {
        if (lease is null)
        {
            (lease, sweep) = (given, Sender);
            sweep.Tell(new DescribeLease(given.Lease));
        }
        else if (segment is null && given.Lease == lease.Lease)
        {
            segment = Segment(given.Pack);
            sweep.Tell(new MayCommit(given.Lease, segment, [], 1));
        }
    }

    private void Publish(CommitDecision decision)
    {
        if (decision.Granted && decision.Lease == lease?.Lease)
        {
            sweep.Tell(new Committed(decision.Lease, segment!.Name));
        }
    }

    private void LetGo(LeaseId over)
    {
        if (over == lease?.Lease)
        {
            (lease, segment) = (null, null);
            done();
            coordinator.Tell(ready);
        }
    }

    private void Repeat()
    {
        if (lease is null)
        {
            coordinator.Tell(ready);
            return;
        }

        coordinator.Tell(new LeaseRenewed(lease.Lease, ready.Worker, ready.Incarnation, PackStep.None));
        sweep.Tell(segment is null ? new DescribeLease(lease.Lease) : new MayCommit(lease.Lease, segment, [], 1));
    }

    /// <summary>Puts the segments of all packs in place: what an aggregator would have done, and no part of what is measured.</summary>
    public static void WriteSegments(SweepPlan plan, ResultFolder folder)
    {
        foreach (var pack in plan.Packs)
        {
            File.WriteAllBytes(folder.Segment(Segment(pack).Name), Content(pack));
        }
    }

    private static StagedSegment Segment(Pack pack) => new(
        $"{pack.Id.Name}-0.parquet", pack.Id.Name, Convert.ToHexStringLower(SHA256.HashData(Content(pack))), Content(pack).Length, 1);

    private static byte[] Content(Pack pack) => Encoding.UTF8.GetBytes(pack.Id.Name);

    private sealed record Beat
    {
        public static Beat Instance { get; } = new();
    }
}
