using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeper.Cluster.Wire;

/// <summary>Appends values to a growing buffer: numbers little-endian, text and lists after their length.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Clear() => buffer.ResetWrittenCount();

    public void Byte(byte value) => Raw([value]);

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    public void Double(double value) => Long(BitConverter.DoubleToInt64Bits(value));

    public void Time(TimeSpan value) => Long(value.Ticks);

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int(length);
        Encoding.UTF8.GetBytes(value, buffer.GetSpan(length));
        buffer.Advance(length);
    }

    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int(value.Length);
        Raw(value);
    }

    public void Ints(ReadOnlySpan<int> values) => Numbers(values, BinaryPrimitives.ReverseEndianness);

    public void Doubles(ReadOnlySpan<double> values) =>
        Numbers(MemoryMarshal.Cast<double, long>(values), BinaryPrimitives.ReverseEndianness);

    public void List<T>(ImmutableArray<T> items, Action<WireWriter, T> write)
    {
        Int(items.Length);
        foreach (var item in items)
        {
            write(this, item);
        }
    }

    private void Numbers<T>(ReadOnlySpan<T> values, SpanReversal<T> reverse) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            var reversed = new T[values.Length];
            reverse(values, reversed);
            values = reversed;
        }

        Int(values.Length);
        Raw(MemoryMarshal.AsBytes(values));
    }

    private void Raw(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    private delegate void SpanReversal<T>(ReadOnlySpan<T> source, Span<T> destination);
}
