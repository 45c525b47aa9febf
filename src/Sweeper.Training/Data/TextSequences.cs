using System.Collections.Immutable;
using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>Text as tokens, one a character, cut into sequences.</summary>
internal static class TextSequences
{
    private const long OrderSeed = 42;

    /// <summary>The characters that occur, ascending: the number of one is its token.</summary>
    public static ImmutableArray<byte> Alphabet(ReadOnlySpan<byte> text) => [.. text.ToArray().Distinct().Order()];

    /// <summary>
    /// The first sequences of a random order that is always the same: the text is cut into pieces of <paramref name="length"/>, what is
    /// left over is dropped.
    /// </summary>
    /// <param name="text">Characters.</param>
    /// <param name="alphabet">Of the text.</param>
    /// <param name="length">Tokens of a sequence.</param>
    /// <param name="count">Sequences.</param>
    public static long[] Of(ReadOnlySpan<byte> text, ImmutableArray<byte> alphabet, int length, int count)
    {
        var order = RandomStreams.Split(OrderSeed).NextPermutation(text.Length / length);
        var tokens = new long[count * length];
        for (var place = 0; place < tokens.Length; place++)
        {
            var (sequence, offset) = Math.DivRem(place, length);
            tokens[place] = alphabet.IndexOf(text[order[sequence] * length + offset]);
        }

        return tokens;
    }
}
