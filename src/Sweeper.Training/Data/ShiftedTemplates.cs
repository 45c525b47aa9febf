using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>
/// Drawn stand-in for photographs: every class has one template of 4 x 4 cells in three colours, independent N(0, 1), which is drawn on
/// 16 x 16 pixels, shifted at random as if the picture were a torus, and covered with Gaussian noise.
/// </summary>
internal static class ShiftedTemplates
{
    /// <summary>Pixels along a side.</summary>
    public const int Side = 16;

    /// <summary>Colours of a pixel.</summary>
    public const int Colours = 3;

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    /// <summary>Numbers of a picture.</summary>
    public const int Values = Colours * Side * Side;

    private const int Cells = 4, Cell = Side / Cells;

    /// <summary>Pictures [examples, colours, side, side], row-major, and the class of each.</summary>
    /// <param name="examples">How many.</param>
    /// <param name="maxShift">Pixels of a shift at most, along each side and either way.</param>
    /// <param name="noise">Standard deviation of the noise.</param>
    /// <param name="seed">Of the stream `data`: parts 0 templates, 1 classes, 2 noise, 6 shifts (3 to 5 are label noise).</param>
    public static (double[] Pictures, int[] Labels) Draw(int examples, int maxShift, double noise, long seed)
    {
        var templates = RandomStreams.Data(seed, 0).NextGaussian(Classes * Colours * Cells * Cells);
        var pictures = RandomStreams.Data(seed, 2).NextGaussian(examples * Values);
        var labels = new int[examples];
        var (choice, shift) = (RandomStreams.Data(seed, 1), RandomStreams.Data(seed, 6));
        for (var example = 0; example < examples; example++)
        {
            labels[example] = choice.NextBelow(Classes);
            int down = Shift(ref shift, maxShift), right = Shift(ref shift, maxShift);
            for (var value = 0; value < Values; value++)
            {
                var (colour, pixel) = Math.DivRem(value, Side * Side);
                int row = (pixel / Side + down) % Side / Cell, column = (pixel % Side + right) % Side / Cell;
                ref var grey = ref pictures[example * Values + value];
                grey = noise * grey + templates[((labels[example] * Colours + colour) * Cells + row) * Cells + column];
            }
        }

        return (pictures, labels);
    }

    /// <summary>Of -most .. most, on the torus.</summary>
    private static int Shift(ref CounterRandom stream, int most) => stream.NextBelow(2 * most + 1) + Side - most;
}
