using System.Buffers.Binary;
using Google.Protobuf;

namespace Sweeper.Chaos.Frames;

/// <summary>
/// What one Akka.NET node sends to another: a length of four bytes, little-endian, and a message of `WireFormats.proto`. Written by
/// hand, so that what no node would send can be sent, too.
/// </summary>
internal static class AkkaFrame
{
    private const int Associate = 1;

    /// <summary>A frame of these bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content) => Of(content, content.Length);

    /// <summary>A frame that says that it is so long.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content, int length)
    {
        var frame = new byte[sizeof(int) + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        content.CopyTo(frame.AsSpan(sizeof(int)));
        return frame;
    }

    /// <summary>The first message of every connection: who is there.</summary>
    public static byte[] Handshake(NodeName origin, ulong incarnation) => Instruction(Associate, Message(
        to => to.Write(1, Message(
            address => address.Write(1, origin.System), address => address.Write(2, origin.Host),
            address => address.Write(3, (ulong)origin.Port), address => address.Write(4, origin.Protocol))),
        to => to.WriteFixed(2, incarnation)));

    /// <summary>An instruction to the protocol: disassociate (2), heartbeat (3), quarantined (5), or none that there is.</summary>
    public static byte[] Instruction(int command, byte[]? handshake = null) => Message(to => to.Write(2, handshake is null
        ? Message(control => control.Write(1, (ulong)command))
        : Message(control => control.Write(1, (ulong)command), control => control.Write(2, handshake))));

    /// <summary>A message to an actor; with a number it is one that is sent until acknowledged, as system messages are.</summary>
    public static byte[] Envelope(string recipient, Payload payload, string? sender, ulong? number) => Message(to => to.Write(1, Message(
        container => container.Write(2, Message(
            envelope => envelope.Write(1, Reference(recipient)),
            envelope => envelope.Write(2, payload.ToBytes()),
            envelope =>
            {
                if (sender is not null)
                {
                    envelope.Write(4, Reference(sender));
                }
            },
            envelope => envelope.WriteFixed(5, number ?? ulong.MaxValue))))));

    /// <summary>An actor's path.</summary>
    public static byte[] Reference(string path) => Message(to => to.Write(1, path));

    /// <summary>Fields, one after another.</summary>
    public static byte[] Message(params ReadOnlySpan<Action<CodedOutputStream>> fields)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            foreach (var field in fields)
            {
                field(output);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>A field of bytes.</summary>
    public static void Write(this CodedOutputStream output, int field, ReadOnlySpan<byte> value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    }

    /// <summary>A field of text.</summary>
    public static void Write(this CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    /// <summary>A field with a number.</summary>
    public static void Write(this CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteUInt64(value);
    }

    private static void WriteFixed(this CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64(value);
    }
}

/// <summary>Name of an actor system, as others know it.</summary>
internal sealed record NodeName(string Protocol, string System, string Host, int Port)
{
    /// <summary>Path of an actor in it.</summary>
    public string Of(string path) => $"{Protocol}://{System}@{Host}:{Port}{path}";
}

/// <summary>A serialized object: for which serializer, and what it is told about it.</summary>
internal sealed record Payload(int Serializer, string Manifest, byte[] Bytes)
{
    /// <summary>As a message.</summary>
    public byte[] ToBytes() => AkkaFrame.Message(
        to => to.Write(1, Bytes), to => to.Write(2, unchecked((ulong)Serializer)), to => to.Write(3, Manifest));
}
