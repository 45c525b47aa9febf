using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads the seeds: a count, `a..b` with both ends, or a list.</summary>
internal static class SeedsReader
{
    private const int MostSeeds = 1_000_000;

    /// <summary>Different seeds, ascending; one seed, 0, where the file is silent.</summary>
    public static ImmutableArray<long> Read(YamlNode? node, Faults faults) => node switch
    {
        null => [0],
        YamlList list => Listed(list, faults),
        YamlScalar scalar when scalar.Text.Split("..") is [var first, var last] => Between(scalar, first, last),
        _ => Count(ScalarReader.Whole(node, "the number of seeds (or a range `0..19`, or a list)", 1, MostSeeds)),
    };

    private static ImmutableArray<long> Count(long count) => [.. Enumerable.Range(0, (int)count).Select(seed => (long)seed)];

    private static ImmutableArray<long> Between(YamlScalar node, string first, string last)
    {
        if (YamlNumber.Whole(first) is not { } from || YamlNumber.Whole(last) is not { } to || from < 0 || to < from)
        {
            throw node.Place.Fault($"{node.Shape} is no range of seeds", "write first..last, such as 0..19; both are included");
        }

        return to - from < MostSeeds
            ? [.. Enumerable.Range(0, (int)(to - from + 1)).Select(offset => from + offset)]
            : throw node.Place.Fault($"{to - from + 1} seeds are too many", $"a sweep has at most {MostSeeds} seeds");
    }

    private static ImmutableArray<long> Listed(YamlList list, Faults faults)
    {
        var seeds = new SortedSet<long>();
        faults.Each(list.Items, item => ScalarReader.Whole(item, "a seed", 0) is var seed && seeds.Add(seed) ? seed
            : throw item.Place.Fault($"the seed {seed} stands twice", "keep one of the two"));
        return !list.Items.IsEmpty ? [.. seeds]
            : throw list.Place.Fault("the list of seeds is empty", "give at least one seed, or a count");
    }
}
