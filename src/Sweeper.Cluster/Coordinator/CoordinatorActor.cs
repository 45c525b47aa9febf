using Akka.Actor;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The shell of a <see cref="CoordinatorMachine"/>: keeps the queue on disk, and has the actors of sweeps for children.</summary>
internal sealed class CoordinatorActor(CoordinatorSetup setup) : MachineActor(setup.Clock)
{
    private int sweeps;

    /// <inheritdoc/>
    protected override Machine Machine { get; } = new CoordinatorMachine(setup.Catalog, setup.Timings);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        setup.Begun(Context.Parent);
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, setup.Timings.AskEvery);
        Feed(new CoordinatorBegins(setup.Submissions.Load()));
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => Restarting.NeverInPlace;

    /// <inheritdoc/>
    protected override bool Perform(Effect effect)
    {
        switch (effect)
        {
            case CoordinatorEffect.Keep keep:
                return Keep(keep);
            case CoordinatorEffect.StartSweep start:
                StartSweep(start);
                return true;
            case CoordinatorEffect.EndSweep over:
                // Behind whatever was passed on to it.
                over.Sweep.Tell(PoisonPill.Instance);
                return true;
            case CoordinatorEffect.Say said:
                setup.Say(said.Line);
                return true;
            default:
                return base.Perform(effect);
        }
    }

    private void StartSweep(CoordinatorEffect.StartSweep start)
    {
        var props = Props.Create(() => new SweepActor(start.Plan, start.Submission, setup));
        var sweep = Context.Watch(Context.ActorOf(props.WithDispatcher(Restarting.BlockingDispatcher), $"sweep-{++sweeps}"));
        Feed(new SweepStarted(SweepKey.Of(start.Plan, start.Submission.Folder), sweep));
    }

    private bool Keep(CoordinatorEffect.Keep keep)
    {
        try
        {
            setup.Submissions.Save(keep.Submissions);
            return true;
        }
        catch (Exception exception) when (exception is SweepException or IOException or UnauthorizedAccessException)
        {
            Feed(new NotKept(keep.New, Fault.From(exception)));
            return false;
        }
    }
}
