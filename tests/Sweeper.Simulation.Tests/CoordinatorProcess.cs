using Akka.Actor;
using Sweeper.Cluster;
using Sweeper.Cluster.Aggregator;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;

namespace Sweeper.Simulation.Tests;

/// <summary>A process with a coordinator, its sweeps and their aggregators: the machines of the product, with a simulated disk.</summary>
internal sealed class CoordinatorProcess
{
    private readonly SimulatedDisk disk;
    private readonly CoordinatorSetup setup;
    private readonly List<Aggregator> aggregators = [];
    private int actors;

    public CoordinatorProcess(World world, SimulatedDisk disk, string name, ClusterTimings timings)
    {
        this.disk = disk;
        Process = new SimulatedProcess(world, name);
        setup = new CoordinatorSetup(disk.For(Process), new FakeExperiments(), disk, timings, TimeProvider.System, "0.1.0");
        var coordinator = new Coordinator(this, world);
        Main = coordinator;
        coordinator.Begin();
    }

    public SimulatedProcess Process { get; }

    public SimulatedActor Main { get; }

    /// <summary>An aggregator that throws.</summary>
    public void KillAggregator()
    {
        if (Process is { IsAlive: true, Sleeps: false })
        {
            aggregators.LastOrDefault(aggregator => !aggregator.IsStopped)?.Stop(TimeSpan.FromMilliseconds(1));
        }
    }

    private string NewName(string kind) => $"{Process.Name}-{kind}-{++actors}";

    private sealed class Coordinator(CoordinatorProcess process, World world)
        : SimulatedActor(world, process.Process, process.NewName("coordinator"))
    {
        protected override Machine Machine { get; } = new CoordinatorMachine(process.setup.Catalog, process.setup.Timings);

        public void Begin()
        {
            Every(process.setup.Timings.AskEvery, Look.Instance);
            Deliver(new CoordinatorBegins(process.disk.Load()), ActorRefs.Nobody);
        }

        protected override bool Perform(Effect effect)
        {
            switch (effect)
            {
                case CoordinatorEffect.Keep keep:
                    try
                    {
                        process.disk.Save(keep.Submissions);
                        return true;
                    }
                    catch (IOException exception)
                    {
                        Feed(new NotKept(keep.New, Fault.From(exception)));
                        return false;
                    }

                case CoordinatorEffect.StartSweep start:
                    var sweep = new Sweep(process, World, this, start.Submission);
                    base.Perform(new Effect.Watch(sweep.Self));
                    Feed(new SweepStarted(SweepKey.Of(start.Plan, start.Submission.Folder), sweep.Self));
                    World.After(TimeSpan.Zero, () => sweep.Deliver(new Open(), ActorRefs.Nobody));
                    return true;
                case CoordinatorEffect.EndSweep over:
                    (over.Sweep as SimulatedRef)?.Actor?.Stop(TimeSpan.FromMilliseconds(1));
                    return true;
                default:
                    return base.Perform(effect);
            }
        }
    }

    private sealed record Open;

    private sealed record SaveDue;

    private sealed record SaveDueSoon;

    private sealed record Saved;

    private sealed class Sweep(CoordinatorProcess process, World world, Coordinator coordinator, Submission submission)
        : SimulatedActor(world, process.Process, process.NewName("sweep"))
    {
        private SimulatedDisk.Handle? folder;
        private SweepMachine? machine;
        private GroupCommit? commit;
        private bool isSaveDue;
        private bool isSaveDueSoon;
        private bool isSaving;

        protected override Machine Machine => machine!;

        public override void Crash()
        {
            if (isSaving)
            {
                // Killed while it writes: a beginning of the lines is there.
                folder!.WasChecked = true;
                Try(() => folder.Append([.. commit!.Writing.Take(World.Dice.Next(commit.Writing.Count + 1))]));
            }

            base.Crash();
        }

        public override void Stop(TimeSpan until)
        {
            folder?.Dispose();
            base.Stop(until);
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Open:
                    try
                    {
                        OpenFolder();
                    }
                    catch (Exception exception) when (exception is SweepException or IOException)
                    {
                        var key = SweepKey.Of(World.Plan, submission.Folder);
                        World.Send(Process, coordinator.Self, new SweepNotOpened(key, Fault.From(exception)), Self);
                        Stop(TimeSpan.FromMilliseconds(1));
                    }

                    break;
                case SaveDue:
                    isSaveDue = false;
                    BeginSave();
                    break;
                case SaveDueSoon:
                    isSaveDueSoon = false;
                    BeginSave();
                    break;
                case Saved:
                    isSaving = false;
                    Guarded(EndSave);
                    break;
                default:
                    Guarded(() => Feed(message));
                    break;
            }
        }

        protected override bool Perform(Effect effect)
        {
            commit!.Add(effect);
            return true;
        }

        private void OpenFolder()
        {
            folder = (SimulatedDisk.Handle)process.setup.Folders.OpenForWriting(World.Plan, submission.Folder);
            var (sweep, due) = SweepOpening.Of(World.Plan, submission, folder.History, folder.IsIntact, process.setup, World.Moment);
            commit = new GroupCommit(Act);
            foreach (var effect in due)
            {
                commit.Add(effect);
            }

            commit.Save(lines => folder.Append(lines));
            machine = new SweepMachine(sweep, coordinator.Self, folder.IsIntact, process.setup.Timings);
            Every(process.setup.Timings.AskEvery, Look.Instance);
            Guarded(() => Feed(new SweepBegins(IsAnnounced: !due.IsEmpty)));
        }

        /// <summary>The right to write is confirmed now; the lines are there when the disk has taken them.</summary>
        private void BeginSave()
        {
            if (IsStopped || folder is null || !commit!.CanBegin)
            {
                return;
            }

            Guarded(() =>
            {
                folder!.Check();
                isSaving = true;
                commit!.Begin();
                var time = process.disk.IsSlow ? World.Between(0.5, 4) : World.Between(0.0005, 0.005);
                World.After(time, () => Deliver(new Saved(), Self));
            });
        }

        private void EndSave()
        {
            // Released while it was written: the folder waits for that, and nobody for the lines.
            if (folder is null)
            {
                return;
            }

            folder.WasChecked = true;
            try
            {
                folder.Append([.. commit!.Writing]);
            }
            catch (IOException)
            {
                commit!.Refuse();
                throw;
            }
            finally
            {
                folder.WasChecked = false;
            }

            commit.End();
        }

        private void Guarded(Action act)
        {
            try
            {
                act();
            }
            catch (Exception exception) when (exception is SweepException or IOException)
            {
                Guarded(() => Feed(new DiskRefused(Fault.From(exception))));
            }

            if (!IsStopped && commit!.IsAwaited && !isSaveDue)
            {
                isSaveDue = true;
                World.After(TimeSpan.FromMicroseconds(20), () => Deliver(new SaveDue(), Self));
            }
            else if (!IsStopped && commit!.CanBegin && !isSaveDueSoon)
            {
                isSaveDueSoon = true;
                World.After(process.setup.Timings.SaveWithin, () => Deliver(new SaveDueSoon(), Self));
            }
        }

        private static void Try(Action act)
        {
            try
            {
                act();
            }
            catch (IOException)
            {
            }
        }

        private void Act(Effect effect)
        {
            switch (effect)
            {
                case SweepEffect.DropCheckpoints unused:
                    folder!.DropCheckpoints(unused.Pack, unused.Except);
                    break;
                case SweepEffect.StartAggregator:
                    var aggregator = new Aggregator(process, World, this, folder!);
                    process.aggregators.Add(aggregator);
                    base.Perform(new Effect.Watch(aggregator.Self));
                    Feed(new AggregatorStarted(aggregator.Self, aggregator.Self.Name));
                    break;
                case SweepEffect.StopAggregator stopped:
                    (stopped.Aggregator as SimulatedRef)?.Actor?.Stop(TimeSpan.FromMilliseconds(1));
                    break;
                case SweepEffect.Derive:
                    World.After(TimeSpan.FromMilliseconds(20), () => Deliver(new DeriveEnded(null), Self));
                    break;
                case SweepEffect.Release:
                    if (isSaving)
                    {
                        folder!.WasChecked = true;
                        Try(() => folder.Append([.. commit!.Writing]));
                    }

                    folder!.Dispose();
                    folder = null;
                    Feed(new FolderReleased());
                    break;
                case Effect.Tell { Message: PackLease lease } told when (told.To as SimulatedRef)?.Actor?.Process != Process:
                    World.Tell(lease, told.To);
                    base.Perform(effect);
                    break;
                default:
                    base.Perform(effect);
                    break;
            }
        }
    }

    private sealed record Done(AggregatorEffect Effect);

    private sealed class Aggregator : SimulatedActor
    {
        private readonly DraftShelf drafts;
        private readonly SimulatedDisk disk;
        private readonly SimulatedDisk.Handle folder;
        private AggregatorEffect? doing;

        public Aggregator(CoordinatorProcess process, World world, SimulatedActor sweep, SimulatedDisk.Handle folder)
            : base(world, process.Process, process.NewName("aggregator"))
        {
            (disk, this.folder) = (process.disk, folder);
            drafts = new DraftShelf(world.Plan, folder);
            Machine = new AggregatorMachine(sweep.Self);
            Every(process.setup.Timings.AskEvery, Look.Instance);
        }

        protected override Machine Machine { get; }

        public override void Crash()
        {
            // Killed while it renames: nothing, or rows without their checkpoint, or both are in place.
            if (doing is AggregatorEffect.Publish && World.Dice.Next(3) > 0)
            {
                folder.WasChecked = true;
                drafts.Perform(doing);
            }

            base.Crash();
        }

        public override void Stop(TimeSpan until)
        {
            if (Process.IsAlive)
            {
                drafts.Clear();
            }

            base.Stop(until);
        }

        protected override void OnReceive(object message)
        {
            if (message is Done done)
            {
                doing = null;
                folder.WasChecked = true;
                Act(done.Effect);
                folder.WasChecked = false;
            }
            else
            {
                Feed(message);
            }
        }

        protected override bool Perform(Effect effect)
        {
            if (effect is not AggregatorEffect about)
            {
                return base.Perform(effect);
            }

            if (effect is not (AggregatorEffect.Close or AggregatorEffect.Publish))
            {
                return Act(about);
            }

            // A sync, and renames: the right to write is confirmed now, and used later.
            try
            {
                folder.Check();
            }
            catch (SweepException)
            {
                return Act(about);
            }

            doing = about;
            var time = disk.IsSlow ? World.Between(0.2, 3) : World.Between(0.001, 0.01);
            BusyUntil = World.Now + time;
            World.After(time, () => Deliver(new Done(about), Self));
            return true;
        }

        private bool Act(AggregatorEffect about)
        {
            switch (drafts.Perform(about))
            {
                case DraftFailed failed:
                    Feed(failed);
                    return false;
                case CheckpointPart part:
                    World.Send(Process, ((AggregatorEffect.SendCheckpoint)about).Worker, part, Self);
                    break;
                case { } answer:
                    Feed(answer);
                    break;
            }

            return true;
        }
    }
}
