using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>What is known of a column that is kept as numbers times the root of a scale.</summary>
/// <param name="first">Three registers.</param>
internal readonly unsafe struct ColumnMeasures<TLanes>(double* first)
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>Registers that it takes.</summary>
    public const int Size = 3;

    private readonly double* first = first;

    /// <summary>Square of the length of the numbers, to within 1e-10 of what changed since they were measured.</summary>
    public TLanes Square
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(first);
    }

    /// <summary>Square of what the numbers are to be multiplied by.</summary>
    public TLanes Scale
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(first + TLanes.Count);
    }

    /// <summary>1 / Scale.</summary>
    public TLanes Inverse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(first + 2 * TLanes.Count);
    }

    /// <summary>Square of the length of the column that is meant.</summary>
    public TLanes Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Square * Scale;
    }

    /// <summary>As of a column whose numbers are what is meant.</summary>
    public void Begin() => Store(TLanes.All(1), TLanes.All(1), TLanes.All(1));

    /// <summary>Notes its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Measure(TLanes square) => TLanes.Store(square, first);

    /// <summary>Notes that its numbers were multiplied by a factor, of which this is the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Rescale(TLanes factor) => Store(Square * factor, Scale / factor, Inverse * factor);

    /// <summary>Notes that it was turned, so that its numbers are too long.</summary>
    /// <param name="square">Square of the length that is meant, over the scale before.</param>
    /// <param name="stretch">Square of the factor by which they are too long.</param>
    /// <param name="shrink">1 / stretch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn(TLanes square, TLanes stretch, TLanes shrink) => Store(square * stretch, Scale * shrink, Inverse * stretch);

    /// <summary>Swaps them where the mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(ColumnMeasures<TLanes> x, ColumnMeasures<TLanes> y, TLanes mask) =>
        Columns<TLanes>.Swap(x.first, y.first, Size, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(TLanes square, TLanes scale, TLanes inverse)
    {
        TLanes.Store(square, first);
        TLanes.Store(scale, first + TLanes.Count);
        TLanes.Store(inverse, first + 2 * TLanes.Count);
    }
}
