using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;
using Sweeper.Cluster.Transports;

namespace Sweeper.Cluster.Faults;

/// <summary>
/// Puts <see cref="MessageFaultHandle"/> over every connection; named in the configuration that <see cref="MessageFaultRule"/> writes.
/// </summary>
internal sealed class MessageFaultProvider : ITransportAdapterProvider
{
    /// <inheritdoc/>
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system)
    {
        var rule = MessageFaultRule.FromConfig(system.Settings.Config);
        var log = Logging.GetLogger(system, typeof(MessageFaultProvider));
        var fate = new MessageFate(rule);
        log.Warning("messages are lost and doubled on purpose: {Rule}", rule);
        return new WrappingTransport(wrappedTransport, handle => new MessageFaultHandle(handle, fate, log));
    }
}
