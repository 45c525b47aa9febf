namespace Sweeper.Cluster.Worker;

/// <summary>
/// The chunks of one pack between the training thread, which appends and is held up while the window is full, and the
/// worker actor, which sends, hears acknowledgements and sends again. Chunks are kept until the lease is over, up to a limit.
/// </summary>
internal sealed class ChunkStream(int window, long keptBytes)
{
    private readonly object gate = new();
    private readonly List<ReadOnlyMemory<byte>> chunks = [];
    private long held;
    private int forgotten;
    private int acknowledged;
    private int sent;

    /// <summary>Number of chunks so far.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return chunks.Count;
            }
        }
    }

    /// <summary>Whether the aggregator has everything that was appended so far.</summary>
    public bool IsAcknowledged
    {
        get
        {
            lock (gate)
            {
                return acknowledged == chunks.Count;
            }
        }
    }

    /// <summary>Appends the next chunk; blocks while the window is full. Throws <see cref="OperationCanceledException"/>.</summary>
    public void Append(ReadOnlyMemory<byte> chunk, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(Wake);
        lock (gate)
        {
            while (chunks.Count - acknowledged >= window)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }

            chunks.Add(chunk);
            held += chunk.Length;
            Forget();
        }
    }

    /// <summary>The chunks that may be sent now, with their sequence numbers.</summary>
    public List<(int Sequence, ReadOnlyMemory<byte> Bytes)> TakeUnsent()
    {
        lock (gate)
        {
            var taken = new List<(int, ReadOnlyMemory<byte>)>();
            for (; sent < chunks.Count && sent < acknowledged + window; sent++)
            {
                taken.Add((sent, chunks[sent]));
            }

            return taken;
        }
    }

    /// <summary>The aggregator has all chunks up to and with this one.</summary>
    public void Acknowledge(int upTo)
    {
        lock (gate)
        {
            acknowledged = Math.Clamp(upTo + 1, acknowledged, chunks.Count);
            sent = Math.Max(sent, acknowledged);
            Forget();
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>
    /// The aggregator wants everything from this chunk on (again); the training thread waits until it has caught up. False
    /// when the chunk is no longer kept.
    /// </summary>
    public bool Rewind(int from)
    {
        lock (gate)
        {
            if (from < forgotten)
            {
                return false;
            }

            acknowledged = Math.Min(from, chunks.Count);
            sent = acknowledged;
            return true;
        }
    }

    /// <summary>What was sent and not acknowledged is to be sent again.</summary>
    public void SendAgain()
    {
        lock (gate)
        {
            sent = acknowledged;
        }
    }

    private void Forget()
    {
        for (; held > keptBytes && forgotten < acknowledged; forgotten++)
        {
            held -= chunks[forgotten].Length;
            chunks[forgotten] = default;
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }
}
