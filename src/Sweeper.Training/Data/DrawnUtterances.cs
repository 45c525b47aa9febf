using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>
/// Sequences that are like speech and need no file. Every symbol is an ordered pair of different sounds, each a standard normal vector: it
/// begins with one and passes over to the other in two to four frames. Since several symbols have a sound in common, and some the same two
/// in another order, a frame by itself does not tell its symbol.
/// </summary>
/// <param name="Frames">[frames, features] of every sequence, without noise.</param>
/// <param name="Symbols">Symbols of every sequence.</param>
internal sealed record DrawnUtterances(double[][] Frames, int[][] Symbols)
{
    /// <summary>Frames of a symbol.</summary>
    public const int Shortest = 2, Longest = 4;

    /// <summary>Fewest symbols of a sequence.</summary>
    public const int Fewest = 2;

    /// <summary>Draws sequences.</summary>
    /// <param name="sequences">How many.</param>
    /// <param name="features">Numbers of a frame.</param>
    /// <param name="symbols">Symbols there are.</param>
    /// <param name="most">Symbols of the longest sequences.</param>
    /// <param name="seed">Of the data stream.</param>
    public static DrawnUtterances Draw(int sequences, int features, int symbols, int most, long seed)
    {
        var sounds = Enumerable.Range(2, symbols).First(count => count * (count - 1) >= symbols);
        var vectors = RandomStreams.Data(seed, 0).NextGaussian(sounds * features).Chunk(features).ToArray();
        (int First, int Next)[] pairs =
            [.. from first in Enumerable.Range(0, sounds) from next in Enumerable.Range(0, sounds) where first != next
                select (first, next)];
        var order = RandomStreams.Data(seed, 1).NextPermutation(pairs.Length);
        var said = RandomStreams.Data(seed, 2);
        var (frames, spelt) = (new double[sequences][], new int[sequences][]);
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            spelt[sequence] = new int[Fewest + said.NextBelow(most - Fewest + 1)];
            var numbers = new List<double>();
            foreach (ref var symbol in spelt[sequence].AsSpan())
            {
                symbol = said.NextBelow(symbols);
                var (first, next) = pairs[order[symbol]];
                var length = Shortest + said.NextBelow(Longest - Shortest + 1);
                for (var frame = 0; frame < length; frame++)
                {
                    var passed = frame / (length - 1.0);
                    numbers.AddRange(vectors[first].Zip(vectors[next], (from, to) => ((1 - passed) * from) + (passed * to)));
                }
            }

            frames[sequence] = [.. numbers];
        }

        return new DrawnUtterances(frames, spelt);
    }
}
