using Akka.Actor;
using Akka.Pattern;

namespace Sweeper.Cluster;

/// <summary>How the long-lived actors are kept alive.</summary>
internal static class Restarting
{
    /// <summary>A thread of one's own, for actors that write files or wait for a training thread.</summary>
    public const string BlockingDispatcher = "sweeper.blocking";

    /// <summary>
    /// A child that throws is stopped, not restarted in place: what it held is let go of completely before whoever watches
    /// it makes the next one.
    /// </summary>
    public static OneForOneStrategy NeverInPlace { get; } = new OneForOneStrategy(_ => Directive.Stop);

    /// <summary>A supervisor that makes its child anew, after a pause, whenever that stops or throws.</summary>
    public static Props Supervisor(Props child, string name, ClusterTimings timings) => BackoffSupervisor.Props(
        Backoff.OnStop(child, name, timings.RestartAfter, 10 * timings.RestartAfter, randomFactor: 0.1, maxNrOfRetries: -1)
            .WithSupervisorStrategy(NeverInPlace));
}
