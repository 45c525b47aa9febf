using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>
/// A set of positions that knows how many stand before one, and which is the n-th: a bit each, and a count for every 512.
/// </summary>
internal sealed class RankedBits(long length)
{
    private const int WordsPerBlock = 8;

    private readonly ulong[] words = new ulong[(length + 63) / 64];
    private readonly long[] before = new long[(length + 64 * WordsPerBlock - 1) / (64 * WordsPerBlock) + 1];

    /// <summary>Number of positions in it; known once sealed.</summary>
    public long Count => before[^1];

    /// <summary>Whether every position is in it.</summary>
    public bool IsFull => Count == length;

    /// <summary>Adds a position.</summary>
    public void Set(long position) => words[position >> 6] |= 1UL << (int)(position & 63);

    /// <summary>Ends the additions.</summary>
    public void Seal()
    {
        var count = 0L;
        for (var i = 0; i < words.Length; i++)
        {
            if (i % WordsPerBlock == 0)
            {
                before[i / WordsPerBlock] = count;
            }

            count += BitOperations.PopCount(words[i]);
        }

        before[^1] = count;
    }

    /// <summary>How many stand before a position, which may be the length.</summary>
    public long Rank(long position)
    {
        var word = (int)(position >> 6);
        if (word == words.Length)
        {
            return Count;
        }

        var rank = before[word / WordsPerBlock];
        for (var i = word / WordsPerBlock * WordsPerBlock; i < word; i++)
        {
            rank += BitOperations.PopCount(words[i]);
        }

        return rank + BitOperations.PopCount(words[word] & ((1UL << (int)(position & 63)) - 1));
    }

    /// <summary>The position with this many before it; the rank is less than <see cref="Count"/>.</summary>
    public long Select(long rank)
    {
        var (low, high) = (0, before.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = before[middle] <= rank ? (middle, high) : (low, middle);
        }

        var left = rank - before[low];
        var word = low * WordsPerBlock;
        while (BitOperations.PopCount(words[word]) is var bits && bits <= left)
        {
            left -= bits;
            word++;
        }

        var rest = words[word];
        for (; left > 0; left--)
        {
            rest &= rest - 1;
        }

        return ((long)word << 6) + BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Lower-case hex of SHA-256 over the bits.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(words.AsSpan())));
}
