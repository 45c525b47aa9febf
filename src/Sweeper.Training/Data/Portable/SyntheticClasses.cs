using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data.Portable;

/// <summary>
/// The classification problem `synthclass`: a mixture of unit Gaussians around class centres of a given length, so that
/// label noise, width and depth can be studied without a data set (weight-spectra experiments S2 to S6).
/// </summary>
/// <param name="Inputs">[training + validation, dimensions], row-major; training rows first.</param>
/// <param name="Labels">Class of each row.</param>
/// <param name="Dimensions">Numbers per example.</param>
public sealed record SyntheticClasses(double[] Inputs, int[] Labels, int Dimensions)
{
    /// <summary>Draws the mixture.</summary>
    /// <param name="examples">Rows, training and validation together.</param>
    /// <param name="dimensions">Numbers per example.</param>
    /// <param name="classes">Number of classes; centre i belongs to class i modulo this.</param>
    /// <param name="clusters">Centres per class.</param>
    /// <param name="separation">Length of every centre.</param>
    /// <param name="seed">Seed of the data stream.</param>
    public static SyntheticClasses Draw(int examples, int dimensions, int classes, int clusters, double separation, long seed)
    {
        var centres = new double[classes * clusters * dimensions];
        var random = RandomStreams.Data(seed, 0);
        random.FillGaussian(centres);
        for (var start = 0; start < centres.Length; start += dimensions)
        {
            var centre = centres.AsSpan(start, dimensions);
            var scale = separation / Math.Sqrt(SumOfSquares(centre));
            foreach (ref var entry in centre)
            {
                entry *= scale;
            }
        }

        var inputs = new double[examples * dimensions];
        RandomStreams.Data(seed, 2).FillGaussian(inputs);
        var labels = new int[examples];
        var choice = RandomStreams.Data(seed, 1);
        for (var example = 0; example < examples; example++)
        {
            var centre = choice.NextBelow(classes * clusters);
            labels[example] = centre % classes;
            for (var i = 0; i < dimensions; i++)
            {
                inputs[example * dimensions + i] += centres[centre * dimensions + i];
            }
        }

        return new SyntheticClasses(inputs, labels, dimensions);
    }

    private static double SumOfSquares(ReadOnlySpan<double> vector)
    {
        var sum = 0.0;
        foreach (var entry in vector)
        {
            sum += entry * entry;
        }

        return sum;
    }
}
