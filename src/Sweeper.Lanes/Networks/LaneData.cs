namespace Sweeper.Lanes.Networks;

/// <summary>What networks learn from, as it lies in memory: lane by lane, example by example.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="inputs">The first number of [lanes, examples, inputs].</param>
/// <param name="inputsOfLane">Numbers from one lane's inputs to the next; 0 where all lanes share them.</param>
/// <param name="targets">The first number of [lanes, examples, outputs].</param>
/// <param name="targetsOfLane">Numbers from one lane's targets to the next; 0 where all lanes share them.</param>
/// <param name="examples">How many.</param>
internal sealed unsafe class LaneData<T>(T* inputs, long inputsOfLane, T* targets, long targetsOfLane, int examples)
    where T : unmanaged
{
    /// <summary>How many examples.</summary>
    public int Examples => examples;

    /// <summary>The numbers of an example.</summary>
    public T* Inputs(int lane, int example, int width) => inputs + lane * inputsOfLane + (long)example * width;

    /// <summary>The targets of an example.</summary>
    public T* Targets(int lane, int example, int width) => targets + lane * targetsOfLane + (long)example * width;
}
