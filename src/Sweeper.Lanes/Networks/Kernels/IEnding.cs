using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>What is done to a sum before it is written.</summary>
internal unsafe interface IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of a sum, which will stand at <paramref name="target"/>.</summary>
    TLanes Of(TLanes sum, T* target);
}

/// <summary>Nothing.</summary>
internal readonly unsafe struct AsItIs<TLanes, T> : IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes sum, T* target) => sum;
}

/// <summary>The activation: z above 0 and leak * z elsewhere.</summary>
internal readonly unsafe struct Activated<TLanes, T>(T leak) : IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>No constant: for that the compiler would keep a register in the loop before, which has none to spare.</summary>
    private readonly T zero = T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes sum, T* target) => TLanes.Select(TLanes.Greater(sum, TLanes.All(zero)), sum, sum * TLanes.All(leak));
}

/// <summary>The activation's slope: 1 where the unit is above 0 (as its argument is, then), else leak.</summary>
/// <param name="leak">Slope elsewhere.</param>
/// <param name="units">From what is written to the unit that it belongs to.</param>
internal readonly unsafe struct Sloped<TLanes, T>(T leak, nint units) : IEnding<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>No constant, as in <see cref="Activated{TLanes,T}"/>.</summary>
    private readonly T zero = T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes sum, T* target) =>
        TLanes.Select(TLanes.Greater(TLanes.Load(target + units), TLanes.All(zero)), sum, sum * TLanes.All(leak));
}
