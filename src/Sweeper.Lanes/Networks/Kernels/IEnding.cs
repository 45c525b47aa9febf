using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>What is done to a sum before it is written.</summary>
internal unsafe interface IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What <see cref="Of"/> needs: read from memory where it is needed, since the loop before has no register to spare.</summary>
    (TLanes Zero, TLanes Leak) Constants { get; }

    /// <summary>Of a sum, which will stand at <paramref name="target"/>.</summary>
    TLanes Of(TLanes sum, T* target, TLanes zero, TLanes leak);
}

/// <summary>Nothing.</summary>
internal readonly unsafe struct AsItIs<TLanes, T> : IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public (TLanes Zero, TLanes Leak) Constants => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes sum, T* target, TLanes zero, TLanes leak) => sum;
}

/// <summary>The activation: z above 0 and leak * z elsewhere.</summary>
/// <param name="constants">As <see cref="ActivationConstants{T}"/> has them.</param>
internal readonly unsafe struct Activated<TLanes, T>(T* constants) : IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* constants = constants;

    public (TLanes Zero, TLanes Leak) Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TLanes.All(constants[1]), TLanes.All(constants[0]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes sum, T* target, TLanes zero, TLanes leak) => TLanes.Select(TLanes.Greater(sum, zero), sum, sum * leak);
}

/// <summary>The activation's slope: 1 where the unit is above 0 (as its argument is, then), else leak.</summary>
/// <param name="constants">As <see cref="ActivationConstants{T}"/> has them.</param>
/// <param name="units">From what is written to the unit that it belongs to.</param>
internal readonly unsafe struct Sloped<TLanes, T>(T* constants, nint units) : IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* constants = constants;

    public (TLanes Zero, TLanes Leak) Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TLanes.All(constants[1]), TLanes.All(constants[0]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes sum, T* target, TLanes zero, TLanes leak) =>
        TLanes.Select(TLanes.Greater(TLanes.Load(target + units), zero), sum, sum * leak);
}

/// <summary>
/// The leak, and 0: in memory, since the compiler keeps what it knows in registers.
/// </summary>
internal sealed unsafe class ActivationConstants<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LaneArray<T> numbers = new(2);

    /// <param name="leak">Slope of the activation where its argument is not positive.</param>
    public ActivationConstants(double leak) => numbers.Pointer[0] = T.CreateChecked(leak);

    /// <summary>Where they are.</summary>
    public T* Pointer => numbers.Pointer;

    /// <inheritdoc/>
    public void Dispose() => numbers.Dispose();
}
