using Sweeper.Core.Packing;

namespace Sweeper.Core.Journal;

/// <summary>Packs that paused on their way, found by pack and by the segments that they have so far.</summary>
internal sealed class PausedPacks
{
    private readonly Dictionary<PackId, SegmentRecord> byPack = [];
    private readonly Dictionary<string, PackId> bySegment = [];

    /// <summary>What of each is committed.</summary>
    public IReadOnlyDictionary<PackId, SegmentRecord> ByPack => byPack;

    /// <summary>The pack that a segment is part of, or null.</summary>
    public PackId? PackOf(string segment) => bySegment.TryGetValue(segment, out var pack) ? pack : null;

    /// <summary>A pack paused, for the first time or again: its record names all segments before.</summary>
    public void Set(SegmentRecord record)
    {
        byPack[record.Pack] = record;
        foreach (var file in record.Files)
        {
            bySegment[file.Name] = record.Pack;
        }
    }

    /// <summary>A pack is complete, or begins anew.</summary>
    public SegmentRecord? Take(PackId pack)
    {
        byPack.Remove(pack, out var record);
        foreach (var file in record?.Files ?? [])
        {
            bySegment.Remove(file.Name);
        }

        return record;
    }
}
