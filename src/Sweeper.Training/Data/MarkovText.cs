using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>
/// Sequences in which the token after each is drawn by a table that only knows the last one: after every token one of the others is the
/// likeliest, with 3 chances in 4; all are equally likely otherwise.
/// </summary>
internal static class MarkovText
{
    private const double Likely = 0.75;

    /// <summary>So many sequences, end to end; the table is drawn from the same seed.</summary>
    public static long[] Draw(int tokens, int length, int count, long seed)
    {
        var next = RandomStreams.Data(seed, 0).NextPermutation(tokens);
        var stream = RandomStreams.Data(seed, 1);
        var drawn = new long[count * length];
        for (var place = 0; place < drawn.Length; place++)
        {
            var isFirst = place % length == 0;
            var (chance, any) = (stream.NextUnit(), stream.NextBelow(tokens));
            drawn[place] = !isFirst && chance < Likely ? next[drawn[place - 1]] : any;
        }

        return drawn;
    }
}
