namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>Numbers of the units of a layer at several examples.</summary>
/// <param name="first">The first one.</param>
/// <param name="unit">Numbers from one unit to the next.</param>
/// <param name="example">Numbers from one example to the next.</param>
internal readonly unsafe struct Units<T>(T* first, nint unit, nint example)
    where T : unmanaged
{
    private readonly T* first = first;

    /// <summary>The first one.</summary>
    public T* First => first;

    /// <summary>Numbers from one unit to the next.</summary>
    public nint Unit { get; } = unit;

    /// <summary>Numbers from one example to the next.</summary>
    public nint Example { get; } = example;
}
