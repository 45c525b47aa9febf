using Akka.Actor;
using Akka.Cluster;

namespace Sweeper.Cluster.Hosting;

/// <summary>
/// Sees to it that no process goes on as a coordinator without one. What makes a coordinator's actor anew when that fails
/// ends with the node only; should it end before, it is said.
/// </summary>
internal sealed class CoordinatorWatch : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A node that is leaving, or is given up, stops its coordinator: it knows by then.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

    /// <param name="path">Of the actor.</param>
    /// <param name="cluster">That the node is a member of; null: none.</param>
    /// <param name="lost">Called when the actor has ended, and the node has not.</param>
    public CoordinatorWatch(string path, Akka.Cluster.Cluster? cluster, Action lost)
    {
        Receive<Look>(_ => Context.ActorSelection(path).Tell(new Identify(path)));
        Receive<ActorIdentity>(found =>
        {
            if (found.Subject is { } coordinator)
            {
                Context.Watch(coordinator);
                Timers.Cancel(Look.Instance);
            }
        });
        Receive<Terminated>(_ => Timers.StartSingleTimer(Judge.Instance, Judge.Instance, Doubt));
        Receive<Judge>(_ =>
        {
            if (cluster is null or { IsTerminated: false, SelfMember.Status: MemberStatus.Up })
            {
                lost();
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Self.Tell(Look.Instance);
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, LookEvery);
    }

    private sealed record Look
    {
        public static Look Instance { get; } = new();
    }

    private sealed record Judge
    {
        public static Judge Instance { get; } = new();
    }
}
