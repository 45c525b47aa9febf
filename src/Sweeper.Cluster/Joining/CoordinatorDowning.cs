using Akka.Actor;
using Akka.Cluster;

namespace Sweeper.Cluster.Joining;

/// <summary>Only the coordinator gives members up, and never itself; named in `cluster-config/sweeper.hocon`, which says why.</summary>
/// <param name="system">The node.</param>
/// <param name="cluster">Its cluster.</param>
internal sealed class CoordinatorDowning(ActorSystem system, Akka.Cluster.Cluster cluster) : IDowningProvider
{
    /// <summary>Laid over the rest on the coordinator's node only.</summary>
    private const string After = "give-member-up-after";

    /// <inheritdoc/>
    public TimeSpan DownRemovalMargin => TimeSpan.Zero;

    /// <inheritdoc/>
    /// <remarks>Null: nobody is given up here.</remarks>
    public Props? DowningActorProps => system.Settings.Config.HasPath(After)
        ? Props.Create(() => new GivingUp(cluster, system.Settings.Config.GetTimeSpan(After)))
        : null;

    private sealed class GivingUp : ReceiveActor, IWithTimers
    {
        private readonly Akka.Cluster.Cluster cluster;

        public GivingUp(Akka.Cluster.Cluster cluster, TimeSpan after)
        {
            this.cluster = cluster;
            Receive<ClusterEvent.UnreachableMember>(
                gone => Timers.StartSingleTimer(gone.Member.UniqueAddress, new Due(gone.Member), after));
            Receive<ClusterEvent.ReachableMember>(back => Timers.Cancel(back.Member.UniqueAddress));
            Receive<ClusterEvent.MemberRemoved>(removed => Timers.Cancel(removed.Member.UniqueAddress));
            Receive<Due>(due => cluster.Down(due.Member.Address));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => cluster.Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IReachabilityEvent), typeof(ClusterEvent.MemberRemoved));

        protected override void PostStop() => cluster.Unsubscribe(Self);

        private sealed record Due(Member Member);
    }
}
