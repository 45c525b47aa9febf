using CsCheck;
using Sweeper.Core.Packing;
using Xunit;

namespace Sweeper.Tests.Packing;

/// <summary>Parts of packs.</summary>
public sealed class PackSplitTests
{
    private static readonly Gen<Pack> Packs = Gen.Select(Gen.Int[0, LaneBuckets.All.Length - 1], Gen.Int[1, 4096], Gen.Long[0, 1_000_000])
        .Select((bucket, count, first) => new Pack(
            new PackId("01234567-8"), first, Math.Min(count, LaneBuckets.All[bucket]), LaneBuckets.All[bucket]));

    [Fact]
    public void Smaller_packs_hold_the_same_trials_in_order_and_have_fewer_lanes() =>
        Gen.Select(Packs, Gen.Int[1, 5]).Sample((pack, lanesPerTrial) =>
        {
            var parts = PackSplit.Shrink(pack, lanesPerTrial);
            if (parts.IsEmpty)
            {
                Assert.True(pack.Lanes == 1 || LaneBuckets.Floor(pack.Lanes - 1) < lanesPerTrial);
                return;
            }

            AssertCovered(pack, [.. parts]);
            Assert.All(parts, part => Assert.True(part.Lanes < pack.Lanes && part.Count * lanesPerTrial <= part.Lanes));
        });

    [Fact]
    public void Halves_hold_the_same_trials_and_keep_the_lanes() => Packs.Where(pack => pack.Count > 1).Sample(pack =>
    {
        for (var place = 1; place < Math.Min(pack.Count, 5); place++)
        {
            var halves = PackSplit.Bisect(pack, place);
            AssertCovered(pack, [.. halves]);
            Assert.All(halves, half => Assert.Equal(pack.Lanes, half.Lanes));
        }
    });

    [Fact]
    public void Parts_know_their_root_and_their_sibling()
    {
        var halves = PackSplit.Bisect(new Pack(new PackId("01234567-8"), 0, 4, 4), 2);
        Assert.Equal(["01234567-8.0", "01234567-8.1"], halves.Select(half => half.Id.Name));
        Assert.Equal([halves[1].Id, halves[0].Id], halves.Select(half => PackSplit.SiblingOf(half.Id)!.Value));
        var quarter = PackSplit.Bisect(halves[1], 1)[0].Id;
        Assert.Equal(
            ("01234567-8.1.0", new PackId("01234567-8"), true, null),
            (quarter.Name, PackSplit.RootOf(quarter), PackSplit.IsPart(quarter), PackSplit.SiblingOf(quarter)));
        Assert.False(PackSplit.IsPart(PackSplit.RootOf(quarter)));
    }

    private static void AssertCovered(Pack pack, Pack[] parts)
    {
        var next = pack.First;
        foreach (var part in parts)
        {
            Assert.Equal(next, part.First);
            Assert.True(part.Count > 0);
            next += part.Count;
        }

        Assert.Equal(pack.First + pack.Count, next);
        Assert.Equal(parts.Length, parts.Select(part => part.Id).Distinct().Count());
    }
}
