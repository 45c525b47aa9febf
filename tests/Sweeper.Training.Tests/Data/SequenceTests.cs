using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Training.Tests.Data;

/// <summary>Sequences of tokens, from texts and drawn.</summary>
public sealed class SequenceTests
{
    [Fact]
    public void A_text_is_cut_into_pieces_that_stand_in_one_order()
    {
        ReadOnlySpan<byte> text = "abcabdab"u8;
        var alphabet = TextSequences.Alphabet(text);
        Assert.Equal<byte>([.. "abcd"u8], alphabet);
        // Pieces of 3: abc, abd; what is left over is dropped.
        long[][] pieces = [[0, 1, 2], [0, 1, 3]];
        Assert.Equal(RandomStreams.Split(42).NextPermutation(2).SelectMany(piece => pieces[piece]), TextSequences.Of(text, alphabet, 3, 2));
    }

    /// <summary>The likeliest token follows with 3/4 + 1/4 of 1/n; the standard error of the count is below .004.</summary>
    [Fact]
    public void After_every_token_of_a_chain_one_is_the_likeliest()
    {
        const int Tokens = 28, Length = 65, Count = 200;
        var drawn = MarkovText.Draw(Tokens, Length, Count, seed: 5);
        Assert.Equal(Length * Count, drawn.Length);
        var pairs = drawn.Chunk(Length).SelectMany(sequence => sequence.Zip(sequence.Skip(1))).ToImmutableArray();
        var likeliest = pairs.GroupBy(pair => pair.First)
            .Select(after => after.GroupBy(pair => pair.Second).MaxBy(next => next.Count())!).ToArray();
        Assert.Equal(Tokens, likeliest.Select(next => next.Key).Distinct().Count());
        Assert.Equal(0.75 + 0.25 / Tokens, likeliest.Sum(next => next.Count()) / (double)pairs.Length, 0.016);
    }
}
