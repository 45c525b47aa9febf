using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using Sweeper.Cluster.Aggregator;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The shell of a <see cref="SweepMachine"/>: holds the folder, journals, and has an aggregator for a child.</summary>
internal sealed class SweepActor(SweepPlan plan, Submission submission, CoordinatorSetup setup) : MachineActor(setup.Clock)
{
    private readonly IActorRef coordinator = Context.Parent;
    private ISweepFolder? folder;
    private SweepMachine? machine;
    private GroupCommit? commit;
    private Task deriving = Task.CompletedTask;
    private Task saving = Task.CompletedTask;
    private bool isSaveDue;
    private bool isSaveDueSoon;
    private int aggregators;

    /// <inheritdoc/>
    protected override Machine Machine => machine!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        try
        {
            Open();
        }
        catch (Exception exception)
        {
            folder?.Dispose();
            folder = null;
            if (exception is not SweepException)
            {
                Context.GetLogger().Error(exception, "sweep {Sweep} was refused", plan.Name);
            }

            coordinator.Tell(new SweepNotOpened(SweepKey.Of(plan, submission.Folder), Fault.From(exception)));
            Context.Stop(Self);
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => Restarting.NeverInPlace;

    /// <inheritdoc/>
    protected override void OnReceive(object message) => Guarded(() =>
    {
        switch (message)
        {
            case SaveDue or SaveDueSoon or Saved or Look when folder is null:
                // Released: lines that the disk refused until then are not written any more.
                break;
            case SaveDue:
                isSaveDue = false;
                BeginSave();
                break;
            case SaveDueSoon:
                isSaveDueSoon = false;
                BeginSave();
                break;
            case Saved saved:
                EndSave(saved);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    });

    /// <summary>Its child has ended before this runs; the folder stays locked while files are derived.</summary>
    protected override void PostStop()
    {
        Ended(deriving);
        Ended(saving);
        folder?.Dispose();
    }

    /// <inheritdoc/>
    protected override bool Perform(Effect effect)
    {
        commit!.Add(effect);
        return true;
    }

    private void Open()
    {
        folder = setup.Folders.OpenForWriting(plan, submission.Folder);
        var (sweep, due) = SweepOpening.Of(
            plan, submission, folder.Journal.History, folder.Segments.IsIntact, setup, Moment.Of(setup.Clock));
        commit = new GroupCommit(Act);
        foreach (var effect in due)
        {
            commit.Add(effect);
        }

        commit.Save(lines => folder.Journal.Append(lines));
        machine = new SweepMachine(sweep, coordinator, folder.Segments.IsIntact, setup.Timings);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, setup.Timings.AskEvery);
        Guarded(() => Feed(new SweepBegins(IsAnnounced: !due.IsEmpty)));
    }

    /// <summary>Saves after all messages that have come by now, so that what they decide is synced once.</summary>
    private void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            Context.GetLogger().Error(exception, "sweep {Sweep} cannot be journalled or stored", plan.Name);
            Guarded(() => Feed(new DiskRefused(Fault.From(exception))));
        }

        if (commit!.IsAwaited && !isSaveDue)
        {
            isSaveDue = true;
            Self.Tell(SaveDue.Instance);
        }
        else if (commit.CanBegin && !isSaveDueSoon)
        {
            isSaveDueSoon = true;
            Timers.StartSingleTimer(nameof(SaveDueSoon), SaveDueSoon.Instance, setup.Timings.SaveWithin);
        }
    }

    /// <summary>The disk takes its time; until it has them, others are heard, and what they lead to is written next.</summary>
    private void BeginSave()
    {
        if (!commit!.CanBegin)
        {
            return;
        }

        var (self, journal, lines) = (Self, folder!.Journal, commit.Begin());
        saving = Task.Run(() => journal.Append(lines));
        saving.ContinueWith(task => self.Tell(new Saved(task.Exception?.InnerException)), TaskScheduler.Default);
    }

    private void EndSave(Saved saved)
    {
        if (saved.Failure is { } failure)
        {
            commit!.Refuse();
            ExceptionDispatchInfo.Throw(failure);
        }

        commit!.End();
    }

    private static void Ended(Task task) => task.ContinueWith(_ => { }, TaskScheduler.Default).Wait();

    private void Act(Effect effect)
    {
        switch (effect)
        {
            case SweepEffect.DropCheckpoints unused:
                folder!.Segments.DropCheckpoints(unused.Pack, unused.Except);
                break;
            case SweepEffect.TellWaiting waiting:
                folder?.Tell(waiting.Workers);
                break;
            case SweepEffect.StartAggregator:
                StartAggregator();
                break;
            case SweepEffect.StopAggregator stopped:
                Context.Stop(stopped.Aggregator);
                break;
            case SweepEffect.Derive:
                Derive();
                break;
            case SweepEffect.Release:
                Release();
                break;
            default:
                base.Perform(effect);
                break;
        }
    }

    private void StartAggregator()
    {
        var aggregator = Context.Watch(Context.ActorOf(
            AggregatorActor.Props(Self, plan, folder!.Segments, setup.Timings), $"aggregator-{++aggregators}"));
        Feed(new AggregatorStarted(aggregator, Serialization.SerializedActorPath(aggregator)));
    }

    private void Derive()
    {
        var (self, history, held) = (Self, machine!.Sweep.Ledger.History, folder!);
        deriving = Task.Factory.StartNew(
            () => held.Derive(plan, history), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        deriving.ContinueWith(
            task => self.Tell(new DeriveEnded(task.Exception is { } failure ? Fault.From(failure.InnerException!) : null)),
            TaskScheduler.Default);
    }

    private void Release()
    {
        Ended(saving);
        folder!.Dispose();
        folder = null;
        Feed(new FolderReleased());
    }

    /// <summary>Lines are on disk, or it refused them.</summary>
    private sealed record Saved(Exception? Failure);

    private sealed record SaveDueSoon
    {
        public static SaveDueSoon Instance { get; } = new();
    }

    private sealed record SaveDue
    {
        public static SaveDue Instance { get; } = new();
    }
}
