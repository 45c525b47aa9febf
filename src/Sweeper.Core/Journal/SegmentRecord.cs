using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Core.Journal;

/// <summary>A committed segment; the last one, where a pack paused on its way and has several.</summary>
public sealed record SegmentRecord(PackId Pack, StagedSegment File, SegmentContent Content)
{
    /// <summary>Segments of the same pack and trials with the steps before, in order.</summary>
    public ImmutableArray<StagedSegment> Earlier { get; init; } = [];

    /// <summary>All of them, in order of their steps.</summary>
    public IEnumerable<StagedSegment> Files => Earlier.Append(File);
}
