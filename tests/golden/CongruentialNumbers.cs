namespace Sweeper.Golden;

/// <summary>
/// The generator of deterministic cases: x becomes (1103515245 x + 12345) mod 2^31, from a seed; the first number is after one update.
/// </summary>
internal struct CongruentialNumbers(long seed)
{
    private long state = seed;

    /// <summary>Uniform on [0, 1).</summary>
    public double NextUnit()
    {
        state = ((1103515245 * state) + 12345) % (1L << 31);
        return state / (double)(1L << 31);
    }

    /// <summary>Uniform with mean 0 and variance 1.</summary>
    public double NextSymmetric() => Math.Sqrt(3) * ((2 * NextUnit()) - 1);

    /// <summary>So many of these, as matrices are filled: row by row.</summary>
    public double[] Symmetric(long count)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = NextSymmetric();
        }

        return values;
    }
}
