using Akka.Actor;
using Akka.Event;

namespace Sweeper.Cluster.Coordinator;

/// <summary>Gives packs to workers: who is there, who may, who gets which. Speaks for the coordinator that owns it.</summary>
internal sealed class LeaseDesk(CoordinatorSetup setup, ILoggingAdapter log)
{
    /// <summary>Who is there.</summary>
    public WorkerRegister Workers { get; } = new(setup.Timings.LeaseTime);

    /// <summary>Says something to the worker of a lease, if it is there.</summary>
    public void Tell(Lease lease, ISweeperMessage message) => Workers.Find(lease.Worker)?.Actor.Tell(message);

    /// <summary>Gives a worker a pack, or says why there is none.</summary>
    /// <param name="session">The sweep, or null when none gives out packs.</param>
    /// <param name="name">Who asks.</param>
    public void Offer(SweepSession? session, string name)
    {
        if (Workers.Find(name) is not { Ready: { } ready } worker)
        {
            return;
        }

        var reason = session is null ? "no sweep is running"
            : !session.Ledger.HasPending ? "no pack is pending"
            : LeasePolicy.Refusal(ready, session.Needs);
        Workers.Explain(name, reason);
        if (reason is not null)
        {
            worker.Actor.Tell(new NothingNow(reason));
            return;
        }

        session!.Record(session.Ledger.GiveTo(name, ready.Numerics, setup.At));
        var lease = session.Ledger.Assign(session.Ledger.History.LastLease, ready.Incarnation);
        log.Info("lease {Lease}: pack {Pack} to {Worker}, attempt {Attempt}", lease.Number, session.Ledger.TaskOf(lease).Pack.Id, name, lease.Attempt);
        worker.Actor.Tell(session.Describe(lease));
    }

    /// <summary>Something is pending: whoever has nothing is offered it without asking again.</summary>
    public void OfferToIdle(SweepSession? session)
    {
        foreach (var worker in Workers.All.Where(worker => session?.Ledger.LeaseOf(worker.Name) is null).ToList())
        {
            Offer(session, worker.Name);
        }
    }
}
