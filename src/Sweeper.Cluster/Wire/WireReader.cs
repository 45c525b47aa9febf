using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeper.Cluster.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Throws <see cref="InvalidDataException"/> where the bytes end too early.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes)
{
    private int position;

    public bool IsAtEnd => position == bytes.Length;

    public byte Byte() => Take(1).Span[0];

    public bool Flag() => Byte() != 0;

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);

    public double Double() => BitConverter.Int64BitsToDouble(Long());

    public TimeSpan Time() => TimeSpan.FromTicks(Long());

    public string Text() => Encoding.UTF8.GetString(Take(Int()).Span);

    /// <summary>
    /// A text that becomes part of a path: letters, digits, hyphens, underscores, and dots within, so that it names nothing elsewhere.
    /// </summary>
    public string FileName() =>
        Text() is var text && !text.StartsWith('.') && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? text
            : throw new InvalidDataException("a message names a file that no folder of results has");

    public string? OptionalText() => Flag() ? Text() : null;

    public ReadOnlyMemory<byte> Bytes() => Take(Int());

    public int[] Ints() => Numbers<int>(static numbers => BinaryPrimitives.ReverseEndianness(numbers, numbers));

    public double[] Doubles() => Numbers<double>(static numbers =>
    {
        var bits = MemoryMarshal.Cast<double, long>(numbers);
        BinaryPrimitives.ReverseEndianness(bits, bits);
    });

    public ImmutableArray<T> List<T>(Func<WireReader, T> read)
    {
        var items = new T[Length()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(this);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private T[] Numbers<T>(Reversal<T> reverse) where T : unmanaged
    {
        var source = Take(checked(Length() * Unsafe.SizeOf<T>()));
        var numbers = new T[source.Length / Unsafe.SizeOf<T>()];
        source.Span.CopyTo(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            reverse(numbers);
        }

        return numbers;
    }

    /// <summary>A count of items that take at least a byte each: no more than there are bytes.</summary>
    private int Length()
    {
        var length = Int();
        return length >= 0 && length <= bytes.Length - position ? length : throw TooShort();
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - position)
        {
            throw TooShort();
        }

        position += count;
        return bytes.Slice(position - count, count);
    }

    private static InvalidDataException TooShort() => new("a message ends before its content does");

    private delegate void Reversal<T>(Span<T> numbers);
}
