using System.Collections.Immutable;

namespace Sweeper.Core.Packing;

/// <summary>
/// Cuts a pack into smaller ones when it cannot be trained as a whole. Parts are named after it: `a1b2c3d4-7.0`, `a1b2c3d4-7.1`.
/// </summary>
public static class PackSplit
{
    /// <summary>
    /// Two parts, the second of which begins with the trial at <paramref name="at"/>, with as many lanes as before: a trial's
    /// bits stay what they were.
    /// </summary>
    /// <param name="pack">The pack.</param>
    /// <param name="at">Position in the pack, from 1.</param>
    public static ImmutableArray<Pack> Bisect(Pack pack, int at) =>
        [pack with { Id = Part(pack, 0), Count = at }, pack with { Id = Part(pack, 1), First = pack.First + at, Count = pack.Count - at }];

    /// <summary>
    /// Parts with the next smaller number of lanes; empty when there is none that holds a trial. Where the engine's bits depend
    /// on the number of lanes this is a change of numerics, and recorded.
    /// </summary>
    /// <param name="pack">The pack.</param>
    /// <param name="lanesPerTrial">Lanes that one trial takes.</param>
    public static ImmutableArray<Pack> Shrink(Pack pack, int lanesPerTrial)
    {
        var lanes = pack.Lanes > 1 ? LaneBuckets.Floor(pack.Lanes - 1) : 0;
        var trials = lanes / lanesPerTrial;
        return trials == 0
            ? []
            : [.. Enumerable.Range(0, (pack.Count + trials - 1) / trials).Select(part => new Pack(
                Part(pack, part), pack.First + part * trials, Math.Min(trials, pack.Count - part * trials), lanes))];
    }

    /// <summary>The pack of the cut that this is, or is a part of.</summary>
    public static PackId RootOf(PackId pack) =>
        pack.Name.IndexOf('.', StringComparison.Ordinal) is > 0 and var end ? new PackId(pack.Name[..end]) : pack;

    /// <summary>Whether it is a part of a pack of the cut.</summary>
    public static bool IsPart(PackId pack) => RootOf(pack) != pack;

    /// <summary>The other half of a pack of the cut; null for all but such halves.</summary>
    public static PackId? SiblingOf(PackId pack)
    {
        var root = RootOf(pack).Name;
        return pack.Name[root.Length..] switch
        {
            ".0" => new PackId(root + ".1"),
            ".1" => new PackId(root + ".0"),
            _ => null,
        };
    }

    private static PackId Part(Pack pack, int number) => new($"{pack.Id.Name}.{number}");
}
