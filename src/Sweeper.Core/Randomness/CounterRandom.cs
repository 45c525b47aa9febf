using System.Runtime.CompilerServices;

namespace Sweeper.Core.Randomness;

/// <summary>
/// The one random generator of Sweeper: SplitMix64 read by position. Draw i of (seed, stream) is
/// mix(seed * 1099511628211 + stream + (i + 1) * 0x9E3779B97F4A7C15) modulo 2^64, so any element of any stream can be
/// had on any engine and device without state. A value type: copying it forks the position.
/// </summary>
/// <remarks>Gaussian numbers: Box-Muller, two a pair of draws; permutations: Fisher-Yates from the end.</remarks>
public struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const ulong SeedMultiplier = 1099511628211;

    private readonly ulong origin;
    private ulong position;

    /// <summary>The stream of a number, at its beginning.</summary>
    public CounterRandom(long seed, ulong stream)
    {
        origin = unchecked((ulong)seed * SeedMultiplier + stream);
        position = 0;
    }

    /// <summary>Next 64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        unchecked
        {
            position++;
            var z = origin + position * GoldenGamma;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on [-bound, bound).</summary>
    public double NextUniform(double bound) => (2 * NextUnit() - 1) * bound;

    /// <summary>Uniform whole number in [0, limit).</summary>
    public int NextBelow(int limit) => (int)(NextUnit() * limit);

    /// <summary>Fills with independent standard normal numbers; an odd count throws the last half pair away.</summary>
    public void FillGaussian(Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - NextUnit()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * NextUnit());
            destination[i] = radius * cosine;
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = radius * sine;
            }
        }
    }

    /// <summary>So many independent standard normal numbers.</summary>
    public double[] NextGaussian(int count)
    {
        var values = new double[count];
        FillGaussian(values);
        return values;
    }

    /// <summary>A uniformly random order of 0 .. count - 1.</summary>
    public int[] NextPermutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (var i = count - 1; i > 0; i--)
        {
            var j = NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
