namespace Sweeper.Lanes.Networks;

/// <summary>What training changes, as it lies in memory: a row of numbers for each lane of the pack.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="numbers">Parameters [lanes, size].</param>
/// <param name="moments">The same of each moment.</param>
/// <param name="mask">0 where a number is held at zero, else 1; null where none is.</param>
internal sealed unsafe class LaneState<T>(T* numbers, T*[] moments, T* mask)
    where T : unmanaged
{
    /// <summary>Parameters.</summary>
    public T* Numbers => numbers;

    /// <summary>The mask, or null.</summary>
    public T* Mask => mask;

    /// <summary>A moment.</summary>
    public T* Moment(int place) => moments[place];
}
