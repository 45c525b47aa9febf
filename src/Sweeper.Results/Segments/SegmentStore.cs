using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Segments;

/// <summary>The segments of a folder that this process holds the lock of.</summary>
internal sealed class SegmentStore(ResultFolder folder, WriterLock writer) : ISegmentStore
{
    /// <inheritdoc/>
    public ISegmentDraft Begin(SegmentHeader header) => new SegmentDraft(folder, header);

    /// <inheritdoc/>
    /// <remarks>Failpoints: `before_rename` when the right to write was just confirmed, `after_rename` when the folder is synced.</remarks>
    public void Publish(StagedSegment segment) => DiskFault.Guard(folder.Segment(segment.Name), () =>
    {
        writer.Check();
        Failpoint.Hit("before_rename");
        PublishWeights(segment);
        DurableFile.Rename(folder.Staged(segment.StagedName), folder.Segment(segment.Name));
        Failpoint.Hit("after_rename");
    });

    /// <inheritdoc/>
    public void Discard(StagedSegment segment) =>
        DiskFault.Guard(folder.Staging, () =>
        {
            File.Delete(folder.Staged(segment.StagedName));
            File.Delete(folder.Staged(ResultFolder.WeightsName(segment.StagedName)));
        });

    /// <inheritdoc/>
    public bool IsIntact(StagedSegment segment) => Holds(folder.Segment(segment.Name), segment);

    /// <summary>Whether the staged file still exists with these bytes.</summary>
    public bool IsStaged(StagedSegment segment) => Holds(folder.Staged(segment.StagedName), segment);

    /// <summary>Weights first: whoever sees a committed segment finds them. A publication that is done again meets none.</summary>
    private void PublishWeights(StagedSegment segment)
    {
        var staged = folder.Staged(ResultFolder.WeightsName(segment.StagedName));
        if (File.Exists(staged))
        {
            Directory.CreateDirectory(folder.Weights);
            DurableFile.Rename(staged, folder.WeightsOf(segment.Name));
        }
    }

    private static bool Holds(string path, StagedSegment segment) => DiskFault.Guard(
        path, () => new FileInfo(path) is { Exists: true } file && file.Length == segment.Bytes && FileHash.Of(path) == segment.Sha256);
}
