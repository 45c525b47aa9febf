using Google.Protobuf;

namespace Sweeper.Cluster.Security;

/// <summary>
/// The number of a system message in a frame. For every one that it misses Akka's receiver keeps an entry, so that one frame
/// with a number from nowhere takes all memory.
/// </summary>
internal static class MessageNumber
{
    /// <summary>
    /// As many as a sender keeps until they are acknowledged (`akka.remote.system-message-buffer-size`). Nodes of Sweeper say a handful to
    /// one another in their lives: who watches whom, and who has ended.
    /// </summary>
    public const ulong Largest = 20_000;

    // AkkaProtocolMessage { payload = 1: AckAndEnvelopeContainer { envelope = 2: RemoteEnvelope { seq = 5: fixed64 } } }
    private const int Payload = 1;
    private const int Envelope = 2;
    private const int Number = 5;

    /// <summary>Whether a sender could have got as far. What cannot be read at all is Akka's to refuse.</summary>
    public static bool IsCredible(ByteString frame)
    {
        try
        {
            return Parts(frame, Payload).SelectMany(payload => Parts(payload, Envelope)).SelectMany(Numbers).All(
                number => number is <= Largest or ulong.MaxValue);
        }
        catch (InvalidProtocolBufferException)
        {
            return true;
        }
    }

    /// <summary>A field may come more than once: all of them count.</summary>
    private static List<ByteString> Parts(ByteString message, int field) =>
        Fields(message, WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited), input => input.ReadBytes());

    private static List<ulong> Numbers(ByteString message) =>
        Fields(message, WireFormat.MakeTag(Number, WireFormat.WireType.Fixed64), input => input.ReadFixed64());

    private static List<T> Fields<T>(ByteString message, uint wanted, Func<CodedInputStream, T> read)
    {
        var found = new List<T>();
        using var input = message.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            if (tag == wanted)
            {
                found.Add(read(input));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
