using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Sweeper.Cluster.Faults;

/// <summary>
/// One connection, over which some messages are lost and some doubled. What the two ends say to each other to begin, to
/// keep and to end the connection always arrives: a connection is TCP, and loses nothing but itself.
/// </summary>
internal sealed class MessageFaultHandle : AssociationHandle
{
    /// <summary>First byte of a frame that carries a message: field 1, bytes, of Akka's protocol; the others carry field 2.</summary>
    private const byte Message = 1 << 3 | 2;

    private readonly AssociationHandle inner;
    private readonly MessageFate fate;
    private readonly ILoggingAdapter log;

    public MessageFaultHandle(AssociationHandle inner, MessageFate fate, ILoggingAdapter log)
        : base(inner.LocalAddress, inner.RemoteAddress)
    {
        this.inner = inner;
        this.fate = fate;
        this.log = log;
        ReadHandlerSource = inner.ReadHandlerSource;
    }

    /// <inheritdoc/>
    public override bool Write(ByteString payload)
    {
        var copies = payload.Length > 0 && payload[0] == Message ? fate.NextCopies() : 1;
        if (copies != 1)
        {
            log.Info("a message to {Remote} is {Fate}", RemoteAddress, copies == 0 ? "lost" : "doubled");
        }

        var isWritten = true;
        for (var copy = 0; copy < copies && isWritten; copy++)
        {
            // The second copy is no reason to send the first again.
            isWritten = inner.Write(payload) || copy > 0;
        }

        return isWritten;
    }

    /// <inheritdoc/>
    [Obsolete("As in the base class, whose other overload calls this one.")]
    public override void Disassociate() => inner.Disassociate("", log);
}
