using System.Numerics;
using System.Runtime.Intrinsics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>Trains all lanes of a pack, register by register, on as many threads as there are cores to use.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class LaneTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>With the widest registers that this processor has. Bits are those of all others.</summary>
    public static LaneTrainer<T> Of(LaneTraining training, LaneData<T> data, IExamples[] orders, int lanes) =>
        Vector512.IsHardwareAccelerated ? new LaneTrainer<Lanes512<T>, T>(training, data, orders, lanes)
        : Vector256.IsHardwareAccelerated ? new LaneTrainer<Lanes256<T>, T>(training, data, orders, lanes)
        : new LaneTrainer<Lanes128<T>, T>(training, data, orders, lanes);

    /// <summary>Does steps of all lanes.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="threads">At most so many at once.</param>
    public abstract void Advance(LaneState<T> state, LaneSteps steps, int threads);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With registers of one kind.</summary>
internal sealed class LaneTrainer<TLanes, T> : LaneTrainer<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Group<TLanes, T>[] groups;

    public LaneTrainer(LaneTraining training, LaneData<T> data, IExamples[] orders, int lanes)
    {
        groups =
        [
            .. Enumerable.Range(0, (lanes + TLanes.Count - 1) / TLanes.Count).Select(group =>
            {
                var first = group * TLanes.Count;
                return new Group<TLanes, T>(training, data, orders, first, Math.Min(TLanes.Count, lanes - first));
            }),
        ];
    }

    /// <inheritdoc/>
    public override void Advance(LaneState<T> state, LaneSteps steps, int threads) => Parallel.For(
        0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, group => groups[group].Advance(state, steps));

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var group in groups)
        {
            group.Dispose();
        }
    }
}
