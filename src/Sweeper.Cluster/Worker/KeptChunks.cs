using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// Acknowledged chunks of a pack, for an aggregator that has to begin again: in a file without a name in the temporary folder, so
/// that they take no memory and are gone with their process, whatever ends it. There is none before the first chunk. Once more
/// than the limit was measured, or the disk refuses, nothing is kept any more.
/// </summary>
/// <param name="limit">Bytes at most.</param>
internal sealed class KeptChunks(long limit) : IDisposable
{
    private const int SlotBytes = sizeof(int) + Chunk.MaxBytes;

    private SafeFileHandle? file;
    private long held;

    /// <summary>Whether every chunk that was handed over can be read again.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Adds a chunk.</summary>
    public void Add(int sequence, ReadOnlyMemory<byte> chunk)
    {
        if (!IsWhole)
        {
            return;
        }

        held += chunk.Length;
        if (held > limit)
        {
            Dispose();
            return;
        }

        try
        {
            file ??= Open();
            var length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, chunk.Length);
            RandomAccess.Write(file, [length, chunk], (long)sequence * SlotBytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Dispose();
        }
    }

    /// <summary>Reads a chunk that was added, of a whole file.</summary>
    public ReadOnlyMemory<byte> Read(int sequence)
    {
        var slot = new byte[SlotBytes];
        RandomAccess.Read(file!, slot, (long)sequence * SlotBytes);
        return slot.AsMemory(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(slot));
    }

    /// <summary>Lets go of all; what is added later is not kept.</summary>
    public void Dispose()
    {
        IsWhole = false;
        file?.Dispose();
        file = null;
    }

    private static SafeFileHandle Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sweeper-{Path.GetRandomFileName()}");
        var opened = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        File.Delete(path);
        return opened;
    }
}
