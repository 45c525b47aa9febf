using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Sweeper.Cluster.Joining;

/// <summary>
/// The failure detector of workers and clients, which finds nothing: only the coordinator judges who is gone
/// (`cluster-config/sweeper.hocon` says why). What they think of the coordinator is <see cref="Acquaintance"/>'s.
/// </summary>
internal sealed class UnjudgedMembers : FailureDetector
{
    /// <summary>Akka hands settings and events to every detector; this one needs neither.</summary>
    public UnjudgedMembers(Config _, EventStream _1)
    {
    }

    /// <inheritdoc/>
    public override bool IsAvailable => true;

    /// <inheritdoc/>
    public override bool IsMonitoring => true;

    /// <inheritdoc/>
    public override void HeartBeat()
    {
    }
}
