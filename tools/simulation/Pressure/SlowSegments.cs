using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Simulation.Pressure;

/// <summary>Segments on a disk that takes longer for every block.</summary>
internal sealed class SlowSegments(ISegmentStore segments, TimeSpan delay) : ISegmentStore
{
    public ISegmentDraft Begin(SegmentHeader header) => new SlowDraft(segments.Begin(header), delay);

    public void Publish(StagedSegment segment) => segments.Publish(segment);

    public void Discard(StagedSegment segment) => segments.Discard(segment);

    public bool IsIntact(StagedSegment segment) => segments.IsIntact(segment);

    public ReadOnlyMemory<byte> ReadCheckpoint(StagedCheckpoint checkpoint, long offset, int length) =>
        segments.ReadCheckpoint(checkpoint, offset, length);

    public void DropCheckpoints(PackId pack, StagedCheckpoint? except) => segments.DropCheckpoints(pack, except);

    private sealed class SlowDraft(ISegmentDraft draft, TimeSpan delay) : ISegmentDraft
    {
        public void Append(PackBlock block)
        {
            if (delay > TimeSpan.Zero)
            {
                Thread.Sleep(delay);
            }

            draft.Append(block);
        }

        public StagedSegment Close() => draft.Close();

        public void Dispose() => draft.Dispose();
    }
}
