using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Trains lanes together: their numbers are brought together, all steps are done, and they are put back. What a lane becomes does not
/// depend on the others.
/// </summary>
internal abstract unsafe class Group<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Does steps.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="look">Called now and then, with how many more are done.</param>
    public abstract void Advance(LaneState<T> state, LaneSteps steps, Action<long> look);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The lanes of one register, a number of each in it; or one lane, some of its units in a register.</summary>
/// <param name="data">What they learn from.</param>
/// <param name="lanes">Which lanes of the pack: as many as a register can hold, or one.</param>
/// <param name="workspaces">Where they are trained.</param>
internal sealed class Group<TArrangement, TLanes, T>(LaneData<T> data, int[] lanes, Workspaces<TArrangement, TLanes, T> workspaces)
    : Group<T>
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExampleBuffer<TArrangement, TLanes, T> examples = new(data, lanes, workspaces.Training.Shape, workspaces.Layout);

    /// <inheritdoc/>
    public override void Advance(LaneState<T> state, LaneSteps steps, Action<long> look)
    {
        var workspace = workspaces.Take();
        try
        {
            workspace.Advance(lanes, examples, state, steps, look);
        }
        finally
        {
            workspaces.GiveBack(workspace);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => examples.Dispose();
}
