using System.Buffers.Binary;
using Sweeper.Cluster.Wire;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>What the training thread of a pack writes to: blocks in, chunks out.</summary>
/// <param name="stream">Where chunks go.</param>
/// <param name="appended">Called when there is a chunk to send.</param>
/// <param name="cancellation">Ends the wait for a full window.</param>
internal sealed class ChunkSink(ChunkStream stream, Action appended, CancellationToken cancellation) : IMeasurementSink
{
    private readonly WireWriter block = new();
    private byte[] chunk = new byte[Chunk.MaxBytes];
    private int filled;

    /// <inheritdoc/>
    public void Write(PackBlock block)
    {
        this.block.Clear();
        BlockCodec.Write(this.block, block);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, this.block.Written.Length);
        Fill(length);
        Fill(this.block.Written);
    }

    /// <inheritdoc/>
    public void Progress(long step, long lastStep)
    {
        // No part of what is stored; PackGauge keeps it.
    }

    /// <summary>Sends what is left. Training is over.</summary>
    public void Flush()
    {
        if (filled > 0)
        {
            stream.Append(chunk.AsMemory(0, filled), cancellation);
            chunk = new byte[Chunk.MaxBytes];
            filled = 0;
            appended();
        }
    }

    private void Fill(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(bytes.Length, Chunk.MaxBytes - filled)];
            part.CopyTo(chunk.AsSpan(filled));
            filled += part.Length;
            bytes = bytes[part.Length..];
            if (filled == Chunk.MaxBytes)
            {
                Flush();
            }
        }
    }
}
