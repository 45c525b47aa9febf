using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Sweeper.Cluster.Security;

/// <summary>One connection, which is ended by a frame that no node sends and that Akka would choke on.</summary>
internal sealed class GuardedHandle : AssociationHandle
{
    private readonly AssociationHandle inner;
    private readonly ILoggingAdapter log;

    public GuardedHandle(AssociationHandle inner, ILoggingAdapter log)
        : base(inner.LocalAddress, inner.RemoteAddress)
    {
        this.inner = inner;
        this.log = log;
        _ = ReadHandlerSource.Task.ContinueWith(
            set => inner.ReadHandlerSource.SetResult(new Reader(this, set.Result)), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

    /// <inheritdoc/>
    public override bool Write(ByteString payload) => inner.Write(payload);

    /// <inheritdoc/>
    [Obsolete("As in the base class, whose other overload calls this one.")]
    public override void Disassociate() => inner.Disassociate("", log);

    private sealed class Reader(GuardedHandle handle, IHandleEventListener outer) : IHandleEventListener
    {
        public void Notify(IHandleEvent ev)
        {
            if (ev is InboundPayload frame && !MessageNumber.IsCredible(frame.Payload))
            {
                handle.log.Warning("a frame from {Peer} is refused: no node has sent so many system messages", handle.RemoteAddress);
                handle.inner.Disassociate("a frame that no node sends", handle.log);
                return;
            }

            outer.Notify(ev);
        }
    }
}
