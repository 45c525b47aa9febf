using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>
/// What the numbers of a register belong to: constants to the compiler. Which of them changes no bit: what a register holds side by side is
/// never summed.
/// </summary>
internal unsafe interface IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether numbers lie [example][unit], and not [unit][example][lane].</summary>
    static abstract bool IsByUnit { get; }

    /// <summary>How many units of one network stand in a register.</summary>
    static abstract int UnitsAtOnce { get; }

    /// <summary>How many tiles of examples go through all layers together; which are changes no bit.</summary>
    static abstract int TilesAtOnce { get; }

    /// <summary>How many terms of sums are read again and again while they stay in the smallest cache.</summary>
    static abstract int TermsAtOnce { get; }

    /// <summary>A unit, for all that the register holds.</summary>
    static abstract TLanes Load(T* unit);

    /// <summary>Numbers from one example to the next, or from one column of a gradient to the next.</summary>
    /// <param name="stride">That number, where the compiler cannot know it.</param>
    static abstract nint Step(nint stride);

    /// <summary>Numbers from one unit to the next.</summary>
    /// <param name="stride">That number, where the compiler cannot know it.</param>
    static abstract nint Unit(nint stride);

    /// <summary>Numbers from one register of rows to the next.</summary>
    /// <param name="stride">That number, where the compiler cannot know it.</param>
    static abstract nint Row(nint stride);
}

/// <summary>One number of each of several networks: best for many small ones.</summary>
internal readonly unsafe struct ByLane<TLanes, T> : IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsByUnit => false;

    /// <inheritdoc/>
    public static int UnitsAtOnce => 1;

    /// <summary>Two: weights that stay in the cache beside the units are read again for the next ones at little cost.</summary>
    public static int TilesAtOnce => 2;

    /// <inheritdoc/>
    public static int TermsAtOnce => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load(T* unit) => TLanes.Load(unit);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Step(nint stride) => TLanes.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Unit(nint stride) => stride;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Row(nint stride) => stride;
}

/// <summary>Neighbouring units of one network: best for wide ones, of which many together would not fit the cache, and for few.</summary>
internal readonly unsafe struct ByUnit<TLanes, T> : IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsByUnit => true;

    /// <inheritdoc/>
    public static int UnitsAtOnce => TLanes.Count;

    /// <summary>Several: weights are read as seldom as possible.</summary>
    public static int TilesAtOnce => 8;

    /// <inheritdoc/>
    public static int TermsAtOnce => 64;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load(T* unit) => TLanes.All(*unit);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Step(nint stride) => stride;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Unit(nint stride) => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Row(nint stride) => TLanes.Count;
}
