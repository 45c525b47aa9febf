using Sweeper.Lanes.Networks;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>Numbers [K, n, ...] of a split as the lanes engine reads them: one behind the other, and once where all lanes share them.</summary>
internal sealed class LaneRows<T>
    where T : unmanaged
{
    private readonly Tensor values;

    /// <param name="values">On the processor.</param>
    public LaneRows(Tensor values) => this.values = Shared(values).contiguous();

    private long OfLane => values.shape[0] == 1 ? 0 : values.numel() / values.shape[0];

    /// <summary>[1, n, ...] where all lanes share the numbers.</summary>
    public static Tensor Shared(Tensor values) => values.stride(0) == 0 ? values.narrow(0, 0, 1) : values;

    /// <summary>Both as data to learn from. Whoever reads them keeps the rows.</summary>
    public static unsafe LaneData<T> Data(LaneRows<T> inputs, LaneRows<T> targets, int examples) => new(
        TensorMemory.First<T>(inputs.values), inputs.OfLane, TensorMemory.First<T>(targets.values), targets.OfLane, examples);
}
