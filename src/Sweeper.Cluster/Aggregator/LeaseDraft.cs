using System.Collections.Immutable;
using Sweeper.Cluster.Wire;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Aggregator;

/// <summary>One lease's segment on its way: chunks in order, then a staged file, then a published one.</summary>
internal sealed class LeaseDraft(ISegmentStore store, SegmentHeader header, StagedCheckpoint? from = null) : IDisposable
{
    private readonly BlockDecoder decoder = new();
    private readonly AskedRows rows = new(header.Schedule, header.Wanted, from?.Step ?? -1);
    private readonly ISegmentDraft segment = store.Begin(header);
    private readonly long after = from?.Step ?? -1;
    private long pausedAt = long.MaxValue;
    private bool isPublished;
    private StagedSegment? staged;

    /// <summary>Takes the next chunk.</summary>
    public void Add(ReadOnlyMemory<byte> bytes)
    {
        foreach (var block in decoder.Add(bytes))
        {
            segment.Append(block);
            switch (block)
            {
                case CheckpointPiece:
                    pausedAt = block.Step;
                    break;
                case MeasurementBlock when block.Step <= after:
                    throw new InvalidDataException($"step {block.Step} was measured before the pause at step {after}");
                case MeasurementBlock measured:
                    rows.Add(measured);
                    break;
            }
        }
    }

    /// <summary>All chunks are in: closes and syncs the staged file.</summary>
    public StagedSegment Close(ImmutableArray<Divergence> diverged)
    {
        if (!decoder.IsAtBoundary)
        {
            throw new InvalidDataException("the last chunk ends inside a block");
        }

        if (rows.Missing(diverged, pausedAt) is { } missing)
        {
            throw new InvalidDataException(missing);
        }

        return staged = segment.Close();
    }

    /// <summary>The part of the checkpoint that the worker goes on from.</summary>
    public ReadOnlyMemory<byte> ReadCheckpoint(long offset, int length) =>
        store.ReadCheckpoint(from ?? throw new InvalidDataException("this lease begins with the first step"), offset, length);

    /// <summary>Puts the staged file in place; its name there.</summary>
    public string Publish()
    {
        store.Publish(staged!);
        isPublished = true;
        return staged!.Name;
    }

    /// <summary>Removes whatever is not published.</summary>
    public void Dispose()
    {
        segment.Dispose();
        if (staged is not null && !isPublished)
        {
            store.Discard(staged);
        }
    }
}
