using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;
using Sweeper.Cluster.Transports;

namespace Sweeper.Cluster.Security;

/// <summary>Puts <see cref="GuardedHandle"/> over every connection; named in `cluster-config/sweeper.hocon`.</summary>
internal sealed class FrameGuard : ITransportAdapterProvider
{
    /// <inheritdoc/>
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system)
    {
        var log = Logging.GetLogger(system, typeof(FrameGuard));
        return new WrappingTransport(wrappedTransport, handle => new GuardedHandle(handle, log));
    }
}
