using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;

namespace Sweeper.Cluster.Faults;

/// <summary>Puts <see cref="MessageFaultTransport"/> over a transport; named in the configuration that <see cref="MessageFaultRule"/> writes.</summary>
internal sealed class MessageFaultProvider : ITransportAdapterProvider
{
    /// <inheritdoc/>
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system)
    {
        var rule = MessageFaultRule.FromConfig(system.Settings.Config);
        var log = Logging.GetLogger(system, typeof(MessageFaultTransport));
        log.Warning("messages are lost and doubled on purpose: {Rule}", rule);
        return new MessageFaultTransport(wrappedTransport, new MessageFate(rule), log);
    }
}
