using Akka.Actor;
using Akka.Cluster;

namespace Sweeper.Cluster.Hosting;

/// <summary>
/// Sees to it that no process goes on as a coordinator without one. What makes a coordinator's actor anew ends with its node only;
/// should it end before, it is said. Told which actor to watch.
/// </summary>
internal sealed class CoordinatorWatch : ReceiveActor, IWithTimers
{
    /// <summary>A node that is leaving, or is given up, stops its coordinator: it knows by then.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

    /// <param name="cluster">That the node is a member of; null: none.</param>
    /// <param name="lost">Called when the actor has ended, and the node has not.</param>
    public CoordinatorWatch(Akka.Cluster.Cluster? cluster, Action lost)
    {
        Receive<IActorRef>(coordinator => Context.Watch(coordinator));
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

    private sealed record Judge
    {
        public static Judge Instance { get; } = new();
    }
}
