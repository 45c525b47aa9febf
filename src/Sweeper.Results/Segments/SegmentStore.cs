using Sweeper.Core.Errors;
using Sweeper.Core.Packing;
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
    /// <remarks>
    /// Failpoints: `before_rename` when the right to write was just confirmed, `before_checkpoint` between a segment and its
    /// checkpoint, `after_rename` when the folder is synced. Done again, it finishes what is left of it.
    /// </remarks>
    public void Publish(StagedSegment segment) => DiskFault.Guard(folder.Segment(segment.Name), () =>
    {
        writer.Check();
        Failpoint.Hit("before_rename");
        PublishWeights(segment);
        if (segment.Checkpoint is null || File.Exists(folder.Staged(segment.StagedName)))
        {
            DurableFile.Rename(folder.Staged(segment.StagedName), folder.Segment(segment.Name));
        }

        if (segment.Checkpoint is { } checkpoint)
        {
            Failpoint.Hit("before_checkpoint");
            Directory.CreateDirectory(folder.Checkpoints);
            DurableFile.Rename(folder.Staged(checkpoint.StagedName), folder.Checkpoint(checkpoint.Name));
        }

        Failpoint.Hit("after_rename");
    });

    /// <inheritdoc/>
    public void Discard(StagedSegment segment) =>
        DiskFault.Guard(folder.Staging, () =>
        {
            File.Delete(folder.Staged(segment.StagedName));
            File.Delete(folder.Staged(ResultFolder.WeightsName(segment.StagedName)));
            File.Delete(folder.Staged(ResultFolder.CheckpointName(segment.StagedName)));
        });

    /// <inheritdoc/>
    public bool IsIntact(StagedSegment segment) =>
        IsInPlace(segment) && (segment.Checkpoint is not { } checkpoint || IsInPlace(checkpoint));

    /// <summary>Whether the rows alone are in place: checkpoints of earlier intervals are gone.</summary>
    public bool IsInPlace(StagedSegment segment) => Holds(folder.Segment(segment.Name), segment.Bytes, segment.Sha256);

    /// <summary>Whether a publication can be finished: what is not in place is still staged, with these bytes.</summary>
    public bool IsStaged(StagedSegment segment) =>
        (Holds(folder.Staged(segment.StagedName), segment.Bytes, segment.Sha256) || (segment.Checkpoint is not null && IsInPlace(segment)))
        && (segment.Checkpoint is not { } checkpoint || Holds(folder.Staged(checkpoint.StagedName), checkpoint.Bytes, checkpoint.Sha256));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ReadCheckpoint(StagedCheckpoint checkpoint, long offset, int length) =>
        DiskFault.Guard(folder.Checkpoint(checkpoint.Name), () =>
        {
            using var stream = File.OpenRead(folder.Checkpoint(checkpoint.Name));
            stream.Position = offset;
            var bytes = new byte[Math.Min(length, checkpoint.Bytes - offset)];
            stream.ReadExactly(bytes);
            return (ReadOnlyMemory<byte>)bytes;
        });

    /// <inheritdoc/>
    public void DropCheckpoints(PackId pack, StagedCheckpoint? except) => DiskFault.Guard(folder.Checkpoints, () =>
    {
        foreach (var file in Directory.Exists(folder.Checkpoints)
            ? Directory.EnumerateFiles(folder.Checkpoints, $"{pack.Name}-*").ToList()
            : [])
        {
            if (Path.GetFileName(file) != except?.Name)
            {
                File.Delete(file);
            }
        }
    });

    private bool IsInPlace(StagedCheckpoint checkpoint) => Holds(folder.Checkpoint(checkpoint.Name), checkpoint.Bytes, checkpoint.Sha256);

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

    private static bool Holds(string path, long bytes, string sha256) => DiskFault.Guard(
        path, () => new FileInfo(path) is { Exists: true } file && file.Length == bytes && FileHash.Of(path) == sha256);
}
