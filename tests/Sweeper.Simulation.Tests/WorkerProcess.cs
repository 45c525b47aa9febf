using System.Buffers.Binary;
using Akka.Actor;
using Sweeper.Cluster;
using Sweeper.Cluster.Machines;
using Sweeper.Cluster.Wire;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Simulation.Tests;

/// <summary>A process with a worker: its machine, and training that takes virtual time and outlives the node.</summary>
internal sealed class WorkerProcess
{
    private readonly World world;
    private readonly WorkerState state;
    private readonly string name;
    private readonly ClusterTimings timings;
    private readonly IActorRef coordinator;
    private Node node;
    private int nodes;

    public WorkerProcess(
        World world, string name, string incarnation, IActorRef coordinator, ClusterTimings timings, TimeSpan stepTime, bool pauses)
    {
        (this.world, this.name, this.coordinator, this.timings) = (world, name, coordinator, timings);
        (StepTime, Pauses) = (stepTime, pauses);
        Process = new SimulatedProcess(world, $"{name}-{incarnation}");
        state = new WorkerState { Incarnation = incarnation };
        node = Begin();
    }

    public SimulatedProcess Process { get; }

    public TimeSpan StepTime { get; }

    public bool Pauses { get; }

    /// <summary>How the next training ends at its next step; null: well.</summary>
    public FailureKind? Fails { get; set; }

    /// <summary>Its node ends and another begins, some time later; training goes on.</summary>
    public void BeginNodeAnew()
    {
        if (Process.IsAlive)
        {
            node.Stop(TimeSpan.FromSeconds(1));
            world.After(TimeSpan.FromSeconds(2), () =>
            {
                if (Process.IsAlive && node.IsStopped)
                {
                    node = Begin();
                }
            });
        }
    }

    private Node Begin() => new(this, $"{Process.Name}-node-{++nodes}");

    private sealed class Node : SimulatedActor
    {
        private readonly WorkerProcess worker;

        public Node(WorkerProcess worker, string address)
            : base(worker.world, worker.Process, address)
        {
            this.worker = worker;
            var ready = new WorkerReady(worker.name, worker.state.Incarnation, "cpu", "fake 1", [new("fake", 1)], "0.1.0");
            Machine = new WorkerMachine(worker.state, ready, worker.coordinator, World.Find, new FakeExperiments(), worker.timings);
            Every(worker.timings.AskEvery, AskForWork.Instance);
            World.After(TimeSpan.FromMilliseconds(1), () => Deliver(new WorkerBegins(), ActorRefs.Nobody));
        }

        protected override Machine Machine { get; }

        protected override bool Perform(Effect effect)
        {
            switch (effect)
            {
                case WorkerEffect.StartTraining start:
                    start.Pack.Job = new Training(worker, start.Pack);
                    return true;
                case WorkerEffect.PauseTraining paused:
                    (paused.Pack.Job as Training)?.Pause();
                    return true;
                case WorkerEffect.CancelTraining cancelled:
                    (cancelled.Pack.Job as Training)?.Cancel();
                    return true;
                case WorkerEffect.DiscardPack discarded:
                    (discarded.Pack.Job as Training)?.Cancel();
                    discarded.Pack.Dispose();
                    return true;
                case WorkerEffect:
                    return true;
                default:
                    return base.Perform(effect);
            }
        }
    }

    /// <summary>Measures a number of its own for each trial and step; ends in a checkpoint where it may and is asked to.</summary>
    private sealed class Training : ITraining
    {
        private readonly WorkerProcess worker;
        private readonly ActivePack pack;
        private readonly PackWork work;
        private readonly Queue<PackBlock> unwritten = new();
        private readonly Queue<byte[]> chunks = new();
        private readonly TimeSpan began;
        private readonly long[] steps;
        private PackOutcome? outcome;
        private int next;
        private bool isCancelled;
        private bool isAskedToPause;

        public Training(WorkerProcess worker, ActivePack pack)
        {
            (this.worker, this.pack, began) = (worker, pack, worker.world.Now);
            var lease = pack.Lease;
            work = worker.world.Plan.WorkFor(lease.Pack, (_, _) => true) with { Wanted = PositionBits.FromBits(lease.Wanted.Span) };
            var after = pack.Checkpoint is { } checkpoint ? BitConverter.ToInt64(checkpoint.Content.Span) : -1;
            steps = [.. work.Schedule.Snapshots.Select(snapshot => snapshot.Step).Where(step => step > after)];
            Later(worker.StepTime);
        }

        public PackStep At => new(next == 0 ? 0 : steps[next - 1], steps[^1], work.Wanted.Length, []);

        public TrainingResult? Result { get; private set; }

        public bool IsWorthPausing(TimeSpan least) => pack.Lease.Start.MayPause && worker.world.Now - began >= least;

        public void Pause() => isAskedToPause = true;

        public void Cancel() => isCancelled = true;

        private void Later(TimeSpan time) => worker.world.After(time, Go);

        private void Go()
        {
            if (!worker.Process.IsAlive || Result is not null)
            {
                return;
            }

            if (worker.Process.Sleeps)
            {
                Later(worker.Process.SleepsUntil - worker.world.Now);
            }
            else if (isCancelled)
            {
                End(new TrainingResult.Failed(FailureKind.Drained, new Fault(ExitCode.Stopped, "stopped")));
            }
            else if (chunks.Count > 0)
            {
                Send();
            }
            else if (outcome is not null)
            {
                End(new TrainingResult.Finished(outcome, 1));
            }
            else if (worker.Fails is { } kind)
            {
                worker.Fails = null;
                End(new TrainingResult.Failed(kind, new Fault(ExitCode.Internal, "a matrix of 3 by 0")));
            }
            else
            {
                Measure(steps[next++]);
                Later(TimeSpan.FromMilliseconds(1));
            }
        }

        /// <summary>What is measured waits until the window has room.</summary>
        private void Send()
        {
            while (chunks.Count > 0 && !pack.Chunks.IsFull)
            {
                pack.Chunks.Append(chunks.Dequeue(), CancellationToken.None);
            }

            worker.node.Deliver(new ChunkAppended(pack.Lease.Lease), ActorRefs.Nobody);
            Later(chunks.Count > 0 ? TimeSpan.FromMilliseconds(50) : outcome is null ? worker.StepTime : TimeSpan.Zero);
        }

        private void Measure(long step)
        {
            unwritten.Enqueue(new MeasurementBlock(
                step, new SeriesKey(MeasurementSource.Run, "loss", "train", ""), work.Wanted.ToArray(), 1,
                work.Wanted.Select(trial => Truth.Value(work.Trials[trial], step)).ToArray()));
            if (next == steps.Length)
            {
                outcome = new PackOutcome([]);
            }
            else if (pack.Lease.Start.MayPause && (isAskedToPause || (worker.Pauses && worker.world.Dice.Next(3) == 0)))
            {
                var checkpoint = new PackCheckpoint(step, BitConverter.GetBytes(step));
                outcome = new PackOutcome([]) { Checkpoint = checkpoint };
                CheckpointPiece.Of(checkpoint).ToList().ForEach(unwritten.Enqueue);
            }

            Cut();
        }

        /// <summary>As <see cref="ChunkSink"/> does, in chunks that a pack has more than one of.</summary>
        private void Cut()
        {
            const int ChunkBytes = 90;
            var bytes = new List<byte>();
            while (unwritten.TryDequeue(out var block))
            {
                var writer = new WireWriter();
                BlockCodec.Write(writer, block);
                var length = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(length, writer.Written.Length);
                bytes.AddRange(length);
                bytes.AddRange(writer.Written);
            }

            for (var start = 0; start < bytes.Count; start += ChunkBytes)
            {
                chunks.Enqueue([.. bytes.Skip(start).Take(ChunkBytes)]);
            }
        }

        private void End(TrainingResult how)
        {
            Result = how;
            worker.node.Deliver(new TrainingEnded(pack.Lease.Lease), ActorRefs.Nobody);
        }
    }
}
