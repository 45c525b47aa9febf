using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data.Portable;

/// <summary>Replaces a share of labels: by uniformly drawn classes (which may be the old ones), or by one another.</summary>
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
        var draw = RandomStreams.Data(seed, 4);
        foreach (var example in Chosen(noisy.Length, fraction, seed))
        {
            noisy[example] = draw.NextBelow(classes);
        }

        return noisy;
    }

    /// <summary>
    /// New labels: the same examples as in <see cref="Uniform"/> get one another's labels, in a random order; the number of
    /// each class stays.
    /// </summary>
    public static int[] Permutation(ReadOnlySpan<int> labels, double fraction, long seed)
    {
        var noisy = labels.ToArray();
        var chosen = Chosen(noisy.Length, fraction, seed);
        foreach (var (place, from) in RandomStreams.Data(seed, 5).NextPermutation(chosen.Length).Index())
        {
            noisy[chosen[place]] = labels[chosen[from]];
        }

        return noisy;
    }

    private static int[] Chosen(int examples, double fraction, long seed) =>
        RandomStreams.Data(seed, 3).NextPermutation(examples)[..(int)Math.Round(fraction * examples)];
}
