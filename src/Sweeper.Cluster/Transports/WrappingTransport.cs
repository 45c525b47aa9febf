using Akka.Actor;
using Akka.Remote.Transport;

namespace Sweeper.Cluster.Transports;

/// <summary>
/// A transport whose connections, those that it opens and those that it accepts, are wrapped. It changes no address: nodes with and
/// without it understand each other.
/// </summary>
internal sealed class WrappingTransport(Transport inner, Func<AssociationHandle, AssociationHandle> wrap) : Transport
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
        _ = outer.Task.ContinueWith(
            set => listener.SetResult(new Listener(wrap, set.Result)), TaskContinuationOptions.OnlyOnRanToCompletion);
        return (address, outer);
    }

    /// <inheritdoc/>
    public override async Task<AssociationHandle> Associate(Address remoteAddress) => wrap(await inner.Associate(remoteAddress));

    /// <inheritdoc/>
    public override Task<bool> Shutdown() => inner.Shutdown();

    /// <inheritdoc/>
    public override Task<bool> ManagementCommand(object message) => inner.ManagementCommand(message);

    private sealed class Listener(Func<AssociationHandle, AssociationHandle> wrap, IAssociationEventListener outer)
        : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev) =>
            outer.Notify(ev is InboundAssociation inbound ? new InboundAssociation(wrap(inbound.Association)) : ev);
    }
}
