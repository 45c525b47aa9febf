using Google.Protobuf;

namespace Sweeper.Chaos.Frames;

/// <summary>
/// A payload in a message in a payload, and so on. Fields stand in an order in which each message only begins before what it
/// carries, so that thousands of them cost no more than they are long.
/// </summary>
/// <param name="innermost">What is carried.</param>
internal sealed class NestedPayload(Payload innermost)
{
    private readonly List<byte[]> beginnings = [];
    private (int Serializer, string Manifest) outermost = (innermost.Serializer, innermost.Manifest);

    /// <summary>Its length so far.</summary>
    public int Length { get; private set; } = innermost.Bytes.Length;

    /// <summary>One more message around it, which has the payload in field 1 and these fields before it.</summary>
    public void Wrap(int serializer, string manifest, byte[] fields)
    {
        byte[] payload = [.. AkkaFrame.Message(
            to => to.Write(2, unchecked((ulong)outermost.Serializer)), to => to.Write(3, outermost.Manifest)), .. Beginning(Length)];
        byte[] message = [.. fields, .. Beginning(payload.Length + Length)];
        beginnings.Add([.. message, .. payload]);
        Length += message.Length + payload.Length;
        outermost = (serializer, manifest);
    }

    /// <summary>The whole.</summary>
    public Payload ToPayload() => new(
        outermost.Serializer, outermost.Manifest,
        [.. Enumerable.Reverse(beginnings).SelectMany(beginning => beginning), .. innermost.Bytes]);

    /// <summary>Of field 1, when it is so long.</summary>
    private static byte[] Beginning(int length) => AkkaFrame.Message(to =>
    {
        to.WriteTag(1, WireFormat.WireType.LengthDelimited);
        to.WriteLength(length);
    });
}
