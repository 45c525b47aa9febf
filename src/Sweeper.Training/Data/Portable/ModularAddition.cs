using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data.Portable;

/// <summary>All sums (i + j) mod p, split at random into a training share and the rest (the grokking task).</summary>
public static class ModularAddition
{
    /// <summary>The table's pairs in random order, training pairs first, and how many these are.</summary>
    /// <param name="modulus">p; there are p * p pairs.</param>
    /// <param name="fraction">Training share, 0..1; floor(fraction * p * p) pairs.</param>
    /// <param name="seed">Seed of the split.</param>
    public static ((int Left, int Right, int Sum)[] Pairs, int TrainingCount) Draw(int modulus, double fraction, long seed)
    {
        var order = RandomStreams.Split(seed).NextPermutation(modulus * modulus);
        var pairs = Array.ConvertAll(order, pair => (pair / modulus, pair % modulus, (pair / modulus + pair % modulus) % modulus));
        return (pairs, (int)(fraction * modulus * modulus));
    }
}
