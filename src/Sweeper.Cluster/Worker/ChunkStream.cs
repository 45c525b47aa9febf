namespace Sweeper.Cluster.Worker;

/// <summary>
/// The chunks of one pack between the training thread, which appends and is held up while the window is full, and the
/// worker actor, which sends, hears acknowledgements and sends again. A window of them is in memory; older ones, all
/// acknowledged, wait on disk until the lease is over.
/// </summary>
/// <param name="window">Chunks that may be unacknowledged, and that are in memory.</param>
/// <param name="keptBytes">Bytes on disk at most.</param>
internal sealed class ChunkStream(int window, long keptBytes) : IDisposable
{
    private readonly object gate = new();
    private readonly ReadOnlyMemory<byte>[] newest = new ReadOnlyMemory<byte>[window];
    private readonly KeptChunks older = new(keptBytes);
    private int count;
    private int acknowledged;
    private int sent;

    /// <summary>Number of chunks so far.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    /// <summary>Whether an append would wait.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return count - acknowledged >= window;
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
                return acknowledged == count;
            }
        }
    }

    /// <summary>Appends the next chunk; blocks while the window is full. Throws <see cref="OperationCanceledException"/>.</summary>
    public void Append(ReadOnlyMemory<byte> chunk, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(Wake);
        lock (gate)
        {
            while (count - acknowledged >= window)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }

            if (count >= window)
            {
                older.Add(count - window, newest[count % window]);
            }

            newest[count++ % window] = chunk;
        }
    }

    /// <summary>The chunks that may be sent now, with their sequence numbers.</summary>
    public List<(int Sequence, ReadOnlyMemory<byte> Bytes)> TakeUnsent()
    {
        lock (gate)
        {
            var taken = new List<(int, ReadOnlyMemory<byte>)>();
            for (; sent < count && sent < acknowledged + window; sent++)
            {
                taken.Add((sent, sent < count - window ? older.Read(sent) : newest[sent % window]));
            }

            return taken;
        }
    }

    /// <summary>The aggregator has all chunks up to and with this one.</summary>
    public void Acknowledge(int upTo)
    {
        lock (gate)
        {
            acknowledged = Math.Clamp(upTo + 1, acknowledged, count);
            sent = Math.Max(sent, acknowledged);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>
    /// The aggregator wants everything from this chunk on (again); the training thread waits until it has caught up. False
    /// when that is no longer kept.
    /// </summary>
    public bool Rewind(int from)
    {
        lock (gate)
        {
            if (from < count - window && !older.IsWhole)
            {
                return false;
            }

            acknowledged = Math.Min(from, count);
            sent = acknowledged;
            return true;
        }
    }

    /// <summary>Somebody else listens from now on: from the first chunk where all are kept, else from the last acknowledged one.</summary>
    public void StartOver()
    {
        if (!Rewind(0))
        {
            SendAgain();
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

    /// <summary>The lease is over.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            older.Dispose();
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
