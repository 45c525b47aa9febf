using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;

namespace Sweeper.Cluster.Faults;

/// <summary>
/// A transport that loses and doubles what this process sends. It changes no address, so that a process with faults and
/// one without understand each other.
/// </summary>
internal sealed class MessageFaultTransport(Transport inner, MessageFate fate, ILoggingAdapter log) : Transport
{
    /// <inheritdoc/>
    public override string SchemeIdentifier => inner.SchemeIdentifier;

    /// <inheritdoc/>
    public override long MaximumPayloadBytes => inner.MaximumPayloadBytes;

    /// <inheritdoc/>
    public override bool IsResponsibleFor(Address remote) => inner.IsResponsibleFor(remote);

    /// <inheritdoc/>
    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var (address, listener) = await inner.Listen();
        var outer = new TaskCompletionSource<IAssociationEventListener>();
        _ = outer.Task.ContinueWith(set => listener.SetResult(new Listener(this, set.Result)), TaskContinuationOptions.OnlyOnRanToCompletion);
        return (address, outer);
    }

    /// <inheritdoc/>
    public override async Task<AssociationHandle> Associate(Address remoteAddress) => Wrap(await inner.Associate(remoteAddress));

    /// <inheritdoc/>
    public override Task<bool> Shutdown() => inner.Shutdown();

    /// <inheritdoc/>
    public override Task<bool> ManagementCommand(object message) => inner.ManagementCommand(message);

    private MessageFaultHandle Wrap(AssociationHandle handle) => new(handle, fate, log);

    private sealed class Listener(MessageFaultTransport transport, IAssociationEventListener outer) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev) =>
            outer.Notify(ev is InboundAssociation inbound ? new InboundAssociation(transport.Wrap(inbound.Association)) : ev);
    }
}
