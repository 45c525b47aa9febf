using System.Collections.Immutable;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// All pairs of columns as a tournament plays them: in each round everybody has one opponent, so that its pairs can be rotated at once.
/// </summary>
internal static class RoundRobin
{
    /// <summary>Rounds of pairs, the smaller number first.</summary>
    public static ImmutableArray<ImmutableArray<(int First, int Second)>> Of(int columns)
    {
        // With an odd number somebody rests.
        var players = columns + columns % 2;
        return
        [
            .. Enumerable.Range(0, Math.Max(0, players - 1)).Select(round => (ImmutableArray<(int, int)>)
            [
                .. Enumerable.Range(0, players / 2).Select(table => Pair(round, table, players)).Where(pair => pair.Second < columns),
            ]),
        ];
    }

    // The last player stays where he is, the others go round.
    private static (int First, int Second) Pair(int round, int table, int players)
    {
        var (one, other) = table == 0 ? (round, players - 1) : (Seat(round + table), Seat(round - table));
        return (Math.Min(one, other), Math.Max(one, other));

        int Seat(int place) => (place + players - 1) % (players - 1);
    }
}
