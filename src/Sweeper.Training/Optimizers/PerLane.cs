using static TorchSharp.torch;

namespace Sweeper.Training.Optimizers;

/// <summary>Columns of numbers per lane as arrays.</summary>
internal static class PerLane
{
    /// <summary>[K, 1], or [1, 1] for all lanes alike -> K numbers.</summary>
    public static double[] Of(Tensor column, long lanes)
    {
        using var scope = NewDisposeScope();
        return column.to(ScalarType.Float64).cpu().expand([lanes, 1]).contiguous().data<double>().ToArray();
    }

    /// <summary>The same, or null for null.</summary>
    public static double[]? OrNull(Tensor? column, long lanes) => column is null ? null : Of(column, lanes);
}
