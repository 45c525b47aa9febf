using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Sweeper.Cluster.Joining;

/// <summary>
/// The failure detector of workers and clients, which finds nothing: only the coordinator judges who is gone
/// (`cluster-config/sweeper.hocon` says why). What they think of the coordinator is <see cref="Acquaintance"/>'s.
/// </summary>
/// <param name="settings">None; Akka hands them to every detector.</param>
/// <param name="events">Not used; likewise.</param>
internal sealed class UnjudgedMembers(Config settings, EventStream events) : FailureDetector
{
    private readonly (Config, EventStream) unused = (settings, events);

    /// <inheritdoc/>
    public override bool IsAvailable => true;

    /// <inheritdoc/>
    public override bool IsMonitoring => unused.Item2 is not null;

    /// <inheritdoc/>
    public override void HeartBeat()
    {
    }
}
