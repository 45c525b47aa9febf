using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>Trains lanes of a pack, register by register, on as many threads as there are cores to use.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class LaneTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>With the widest registers that this processor has. Bits are those of all others.</summary>
    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="data">What they learn from.</param>
    /// <param name="lanes">Which lanes are trained; the others stay as they are.</param>
    public static LaneTrainer<T> Of(LaneTraining training, LaneData<T> data, int[] lanes) =>
        Vector512.IsHardwareAccelerated ? new LaneTrainer<Lanes512<T>, T>(training, data, lanes)
        : Vector256.IsHardwareAccelerated ? new LaneTrainer<Lanes256<T>, T>(training, data, lanes)
        : new LaneTrainer<Lanes128<T>, T>(training, data, lanes);

    /// <summary>Does steps of all lanes.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="threads">At most so many at once.</param>
    /// <param name="look">
    /// Called now and then, never twice at once, with how many steps are done, all lanes together; what it throws ends the training.
    /// </param>
    public abstract void Advance(LaneState<T> state, LaneSteps steps, int threads, Action<long>? look = null);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With registers of one kind.</summary>
internal sealed unsafe class LaneTrainer<TLanes, T> : LaneTrainer<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Workspaces<ByLane<TLanes, T>, TLanes, T> byLane;
    private readonly Workspaces<ByUnit<TLanes, T>, TLanes, T> byUnit;
    private readonly Group<T>[] groups;

    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="data">What they learn from.</param>
    /// <param name="lanes">Which lanes are trained.</param>
    /// <param name="chunk">Examples that go through all layers together, or null for what suits the network.</param>
    /// <param name="isByUnit">Whether a register holds units of one lane; null for what suits the network.</param>
    public LaneTrainer(LaneTraining training, LaneData<T> data, int[] lanes, int? chunk = null, bool? isByUnit = null)
    {
        byLane = new Workspaces<ByLane<TLanes, T>, TLanes, T>(training, data.Examples, chunk);
        byUnit = new Workspaces<ByUnit<TLanes, T>, TLanes, T>(training, data.Examples, chunk);
        groups =
        [
            .. lanes.Chunk(TLanes.Count).SelectMany(together =>
                isByUnit ?? ArrangementRule.IsByUnit(training.Shape, together.Length, TLanes.Count, sizeof(T))
                ? together.Select(lane => (Group<T>)new Group<ByUnit<TLanes, T>, TLanes, T>(data, [lane], byUnit))
                : [new Group<ByLane<TLanes, T>, TLanes, T>(data, together, byLane)]),
        ];
    }

    /// <inheritdoc/>
    public override void Advance(LaneState<T> state, LaneSteps steps, int threads, Action<long>? look = null)
    {
        var gate = new Lock();
        var done = 0L;
        if (threads == 1)
        {
            Array.ForEach(groups, group => group.Advance(state, steps, Look));
            return;
        }

        try
        {
            Parallel.ForEach(groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, group => group.Advance(state, steps, Look));
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        void Look(long more)
        {
            lock (gate)
            {
                done += more;
                look?.Invoke(done / groups.Length);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        byLane.Dispose();
        byUnit.Dispose();
        foreach (var group in groups)
        {
            group.Dispose();
        }
    }
}
