using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Segments;

/// <summary>Compares committed segments with what the journal says of them.</summary>
internal static class SegmentCheck
{
    /// <summary>Throws when a segment is missing or has other bytes than it was committed with.</summary>
    public static void Verify(ResultFolder folder, StagedSegment segment, int trials)
    {
        var path = folder.Segment(segment.Name);
        if (!File.Exists(path))
        {
            throw new SweepException(
                ExitCode.Preflight, $"a committed segment with {trials} trials is missing",
                "restore it from a backup, or `sweeper run` trains them again", path);
        }

        if (new FileInfo(path).Length != segment.Bytes || FileHash.Of(path) != segment.Sha256)
        {
            throw new SweepException(
                ExitCode.Preflight, $"a committed segment with {trials} trials is damaged: its bytes are not those that were committed",
                "restore it from a backup; or delete it, and `sweeper run` trains them again", path);
        }
    }
}
