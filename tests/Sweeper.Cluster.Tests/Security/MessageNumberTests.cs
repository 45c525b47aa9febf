using System.Buffers.Binary;
using Google.Protobuf;
using Sweeper.Cluster.Security;

namespace Sweeper.Cluster.Tests.Security;

/// <summary>Frames byte by byte, as `WireFormats.proto` of Akka.Remote says.</summary>
public sealed class MessageNumberTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(20_000, true)]
    [InlineData(ulong.MaxValue, true)]
    [InlineData(20_001, false)]
    [InlineData(1UL << 40, false)]
    [InlineData(ulong.MaxValue - 1, false)]
    public void A_number_that_no_sender_gets_to_is_not_credible(ulong number, bool expected)
    {
        byte[] envelope = [.. Field(1, Field(1, "/user/a"u8)), .. Number(number)];
        Assert.Equal(expected, MessageNumber.IsCredible(Frame(envelope)));

        // A field of which only the last occurrence counts, and messages that are merged: whichever it is.
        Assert.Equal(expected, MessageNumber.IsCredible(Frame([.. envelope, .. Number(3)])));
        Assert.Equal(
            expected, MessageNumber.IsCredible(ByteString.CopyFrom([.. Field(1, Field(2, envelope)), .. Field(1, Field(2, Number(3)))])));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 18, 2, 8, 3 })]
    [InlineData(new byte[] { 10, 200 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255 })]
    public void What_is_no_message_or_cannot_be_read_is_left_to_Akka(byte[] frame) =>
        Assert.True(MessageNumber.IsCredible(ByteString.CopyFrom(frame)));

    private static ByteString Frame(ReadOnlySpan<byte> envelope) => ByteString.CopyFrom(Field(1, Field(2, envelope)));

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)(number << 3 | 2), (byte)content.Length, .. content];

    private static byte[] Number(ulong number)
    {
        var field = new byte[1 + sizeof(ulong)];
        field[0] = 5 << 3 | 1;
        BinaryPrimitives.WriteUInt64LittleEndian(field.AsSpan(1), number);
        return field;
    }
}
