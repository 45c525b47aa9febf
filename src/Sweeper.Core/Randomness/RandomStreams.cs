namespace Sweeper.Core.Randomness;

/// <summary>
/// Which stream numbers mean what. Every named stream owns a range of its own, so that two draws with different meanings
/// never read the same numbers, whatever their seeds:
/// <code>
/// stream         numbers               index
/// split          1                     (none: which examples are for training)
/// data           10 .. 19              part of a data set (inputs, labels, ...)
/// init           20 .. 499             tensor: 2 * layer for weights, 2 * layer + 1 for biases
/// perturbation   500 .. 999            weight matrix
/// order          1000 .. 2^40 - 1      epoch
/// teacher        2^40 .. 2^41 - 1      tensor of the teacher
/// noise          2^41 .. 2^42 - 1      part of a data set (training, validation, ...)
/// init, further  2^42 .. 2^43 - 1      tensor - 480, of networks with more than 240 layers
/// mask           2^43 .. 2^44 - 1      weight matrix
/// gates          2^44 .. 2^45 - 1      layer
/// </code>
/// Published results depend on these numbers: a range may be added, none may move.
/// </summary>
public static class RandomStreams
{
    private static readonly StreamRange SplitRange = new(1, 1);
    private static readonly StreamRange DataRange = new(10, 10);
    private static readonly StreamRange InitRange = new(20, 480);
    private static readonly StreamRange PerturbationRange = new(500, 500);
    private static readonly StreamRange OrderRange = new(1000, (1L << 40) - 1000);
    private static readonly StreamRange TeacherRange = new(1L << 40, 1L << 40);
    private static readonly StreamRange NoiseRange = new(1L << 41, 1L << 40);
    private static readonly StreamRange FurtherInitRange = new(1L << 42, 1L << 42);
    private static readonly StreamRange MaskRange = new(1L << 43, 1L << 43);
    private static readonly StreamRange GatesRange = new(1L << 44, 1L << 44);

    /// <summary>All ranges, ascending.</summary>
    internal static StreamRange[] Ranges =>
        [
            SplitRange, DataRange, InitRange, PerturbationRange, OrderRange, TeacherRange, NoiseRange, FurtherInitRange,
            MaskRange, GatesRange,
        ];

    /// <summary>Which examples of a finite table are for training.</summary>
    public static CounterRandom Split(long seed) => SplitRange.At(seed, 0);

    /// <summary>Inputs and labels of a data set; <paramref name="part"/> below 10.</summary>
    public static CounterRandom Data(long seed, int part) => DataRange.At(seed, part);

    /// <summary>Initial values of one tensor: 2 * layer for weights, 2 * layer + 1 for biases.</summary>
    public static CounterRandom Init(long seed, int tensor) =>
        tensor < InitRange.Count ? InitRange.At(seed, tensor) : FurtherInitRange.At(seed, tensor - InitRange.Count);

    /// <summary>Direction in which one weight matrix is perturbed; below 500.</summary>
    public static CounterRandom Perturbation(long seed, int matrix) => PerturbationRange.At(seed, matrix);

    /// <summary>Order of the examples in one epoch.</summary>
    public static CounterRandom Order(long seed, long epoch) => OrderRange.At(seed, epoch);

    /// <summary>One tensor of the teacher.</summary>
    public static CounterRandom Teacher(long seed, int tensor) => TeacherRange.At(seed, tensor);

    /// <summary>Output noise of one part of a data set.</summary>
    public static CounterRandom Noise(long seed, int part) => NoiseRange.At(seed, part);

    /// <summary>Which weights of one matrix a random mask keeps.</summary>
    public static CounterRandom Mask(long seed, int matrix) => MaskRange.At(seed, matrix);

    /// <summary>Which units of one layer stand behind an open gate.</summary>
    public static CounterRandom Gates(long seed, int layer) => GatesRange.At(seed, layer);
}

/// <summary>The stream numbers from <paramref name="First"/> on that one meaning owns.</summary>
internal sealed record StreamRange(long First, long Count)
{
    /// <summary>The stream at an index of the range; throws outside it, where another meaning begins.</summary>
    public CounterRandom At(long seed, long index) => index >= 0 && index < Count
        ? new CounterRandom(seed, (ulong)(First + index))
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"this stream has {Count} indices");
}
