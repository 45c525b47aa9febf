using Akka.Actor;
using Sweeper.Cluster;
using Sweeper.Cluster.Machines;
using Sweeper.Cluster.Status;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Tests;

/// <summary>Somebody who wants the sweep: submits it until it is accepted, and again when it paused or was forgotten.</summary>
internal sealed class Client : SimulatedActor
{
    private readonly Wish wish;

    public Client(World world, IActorRef coordinator)
        : base(world, new SimulatedProcess(world, "client"), "client")
    {
        wish = new Wish(coordinator, world.Plan);
        Every(TimeSpan.FromSeconds(1), Look.Instance);
    }

    /// <summary>Whether the sweep has ended as it should.</summary>
    public bool IsContent => wish.End is SweepState.Completed;

    protected override Machine Machine => wish;

    private sealed record Look
    {
        public static Look Instance { get; } = new();
    }

    private sealed class Wish(IActorRef coordinator, SweepPlan plan) : Machine
    {
        private int number = 1;
        private bool isAccepted;

        public SweepState? End { get; private set; }

        private Submission Submission => new(Id, plan.ResolvedText, "folder", RunScope.All);

        private string Id => $"submission-{number}";

        protected override void Handle(object message)
        {
            switch (message)
            {
                case Look when End is null:
                    Tell(coordinator, isAccepted ? new GetStatus(Id) : new SubmitSweep(Submission));
                    break;
                case SweepAccepted accepted when accepted.Submission == Id:
                    isAccepted = true;
                    break;
                case SweepUnknown unknown when unknown.Submission == Id:
                    isAccepted = false;
                    break;
                case SweepRefused refused when refused.Submission == Id:
                case SweepStatus { IsFinal: true, State: not SweepState.Completed } status when status.Submission == Id:
                    isAccepted = false;
                    number++;
                    break;
                case SweepStatus { State: SweepState.Completed } status when status.Submission == Id:
                    End = status.State;
                    break;
            }
        }
    }
}
