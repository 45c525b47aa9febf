using Sweeper.Lanes.Networks;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>
/// Numbers [K, n, ...] of a split as trainers of lanes read them: one after the other, and once where all lanes share them.
/// </summary>
internal sealed class LaneRows
{
    private readonly Tensor values;

    /// <param name="values">On any device.</param>
    public LaneRows(Tensor values) => this.values = Shared(values).contiguous();

    private long OfLane => values.shape[0] == 1 ? 0 : values.numel() / values.shape[0];

    /// <summary>[1, n, ...] where all lanes share the numbers.</summary>
    public static Tensor Shared(Tensor values) => values.stride(0) == 0 ? values.narrow(0, 0, 1) : values;

    /// <summary>Both as data to learn from. Whoever reads them keeps the rows.</summary>
    public static unsafe LaneData<T> Data<T>(LaneRows inputs, LaneRows targets, int examples)
        where T : unmanaged => new(
        TensorMemory.First<T>(inputs.values), inputs.OfLane, TensorMemory.First<T>(targets.values), targets.OfLane, examples);
}
