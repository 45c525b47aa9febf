namespace Sweeper.Lanes.Jacobians;

/// <summary>Examples of many networks.</summary>
/// <param name="first">The first number.</param>
/// <param name="network">To the same example of the next network.</param>
/// <param name="example">To the next example.</param>
/// <param name="unit">To the next number of it.</param>
internal readonly unsafe struct Inputs<T>(T* first, nint network, nint example, nint unit)
    where T : unmanaged
{
    private readonly T* first = first;

    /// <summary>A number of an example of a network.</summary>
    public T At(int ofNetwork, int ofExample, int ofUnit) => first[ofNetwork * network + ofExample * example + ofUnit * unit];
}
