using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data.Portable;

/// <summary>Replaces a share of labels by uniformly drawn classes (which may be the old ones).</summary>
public static class LabelNoise
{
    /// <summary>
    /// New labels: of n, round(fraction * n) in a random order are redrawn.
    /// </summary>
    /// <param name="labels">Clean labels; not changed.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="fraction">Share to redraw, 0..1.</param>
    /// <param name="seed">Seed of the data stream.</param>
    public static int[] Uniform(ReadOnlySpan<int> labels, int classes, double fraction, long seed)
    {
        var noisy = labels.ToArray();
        var order = RandomStreams.Data(seed, 3).NextPermutation(noisy.Length);
        var draw = RandomStreams.Data(seed, 4);
        var count = (int)Math.Round(fraction * noisy.Length);
        foreach (var example in order.AsSpan(0, count))
        {
            noisy[example] = draw.NextBelow(classes);
        }

        return noisy;
    }
}
