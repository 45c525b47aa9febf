using System.Buffers.Binary;
using Sweeper.Core.Measurements;

namespace Sweeper.Cluster.Wire;

/// <summary>Puts chunks together again and yields the blocks that are complete.</summary>
internal sealed class BlockDecoder
{
    private byte[] pending = [];
    private int length;

    /// <summary>Whether every byte so far belonged to a complete block.</summary>
    public bool IsAtBoundary => length == 0;

    /// <summary>Takes the next bytes of the stream.</summary>
    public IEnumerable<PackBlock> Add(ReadOnlyMemory<byte> bytes)
    {
        Append(bytes.Span);
        var start = 0;
        while (length - start >= sizeof(int))
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(pending.AsSpan(start));
            if (length - start - sizeof(int) < size)
            {
                break;
            }

            yield return BlockCodec.Read(new WireReader(pending.AsMemory(start + sizeof(int), size)));
            start += sizeof(int) + size;
        }

        pending.AsSpan(start, length - start).CopyTo(pending);
        length -= start;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (pending.Length < length + bytes.Length)
        {
            Array.Resize(ref pending, Math.Max(2 * pending.Length, length + bytes.Length));
        }

        bytes.CopyTo(pending.AsSpan(length));
        length += bytes.Length;
    }
}
