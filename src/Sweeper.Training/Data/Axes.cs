using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Axes of numbers [K, n, ...], K lanes with n examples each of any shape.</summary>
internal static class Axes
{
    /// <summary>All but that of the lanes.</summary>
    public static long[] OfLane(Tensor values) => [.. Enumerable.Range(1, (int)values.dim() - 1)];

    /// <summary>Mean over all but the lanes, [K].</summary>
    public static Tensor MeanOfLane(Tensor values) => values.mean(OfLane(values));

    /// <summary>Numbers of one example.</summary>
    public static long SizeOfExample(Tensor values) => values.shape[2..].Aggregate(1L, (product, length) => product * length);
}
