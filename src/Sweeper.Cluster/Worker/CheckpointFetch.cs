using System.Security.Cryptography;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>A checkpoint on its way to the worker that goes on from it: asked for part by part, each when the one before is here.</summary>
/// <param name="checkpoint">Which one.</param>
internal sealed class CheckpointFetch(StagedCheckpoint checkpoint)
{
    private readonly byte[] content = new byte[checkpoint.Bytes];

    /// <summary>Bytes that are here: where the next part begins.</summary>
    public int Received { get; private set; }

    /// <summary>Whether all of it is here.</summary>
    public bool IsComplete => Received == content.Length;

    /// <summary>All of it, once complete. Throws <see cref="InvalidDataException"/> when it is not what was committed.</summary>
    public ReadOnlyMemory<byte> Content => Convert.ToHexStringLower(SHA256.HashData(content)) == checkpoint.Sha256
        ? content
        : throw new InvalidDataException($"checkpoint {checkpoint.Name} has other bytes than were committed");

    /// <summary>Takes a part; false when it is not the next one (it came twice).</summary>
    public bool Add(long offset, ReadOnlyMemory<byte> part)
    {
        if (offset != Received || part.Length > content.Length - Received)
        {
            return false;
        }

        part.Span.CopyTo(content.AsSpan(Received));
        Received += part.Length;
        return true;
    }
}
