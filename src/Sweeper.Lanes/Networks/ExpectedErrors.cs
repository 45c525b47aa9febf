using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Gradients of the expected logistic loss with respect to linear maps (<see cref="Objective.ExpectedLogistic"/>). Sums run over entries of
/// the map and over points in order, by fused multiply-adds.
/// </summary>
internal sealed unsafe class ExpectedErrors<TArrangement, TLanes, T> : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Whole registers of every kind; their pushes stay in the smallest cache.
    private const int Block = 128;

    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly int points;
    private readonly LaneArray<T> forward, aside, shares, pushes, place;

    /// <param name="law">The points.</param>
    /// <param name="layout">Where the networks' numbers lie.</param>
    public ExpectedErrors(Objective.ExpectedLogistic law, GroupLayout<TArrangement, TLanes, T> layout)
    {
        (this.layout, points) = (layout, law.Shares.Length);
        (forward, aside, shares) = (Filled(law.Forward), Filled(law.Aside), Filled(law.Shares));
        pushes = new LaneArray<T>(Block * layout.Number);
        place = new LaneArray<T>(2L * layout.Number);

        LaneArray<T> Filled(IReadOnlyList<double> values)
        {
            var filled = new LaneArray<T>((values.Count + Block - 1) / Block * Block);
            for (var point = 0; point < values.Count; point++)
            {
                filled.Pointer[point] = T.CreateChecked(values[point]);
            }

            return filled;
        }
    }

    /// <summary>Writes them.</summary>
    /// <param name="made">Entries of the maps: what the networks gave at all examples.</param>
    /// <param name="targets">The direction, of length 1.</param>
    /// <param name="errors">Takes them.</param>
    /// <param name="entries">How many.</param>
    public void Write(T* made, T* targets, T* errors, int entries)
    {
        if (TArrangement.IsByUnit)
        {
            Write<OneLane<T>>(made, targets, errors, entries);
        }
        else
        {
            Write<TLanes>(made, targets, errors, entries);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach([forward, aside, shares, pushes, place], static array => array.Dispose());

    /// <typeparam name="TOne">One number of each network of the group.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write<TOne>(T* made, T* targets, T* errors, int entries)
        where TOne : unmanaged, ILanes<TOne, T>
    {
        nint step = layout.Units(made, 1).Example, end = entries * step;
        TOne along = default, square = default, advance = default, turn = default;
        for (nint at = 0; at < end; at += step)
        {
            along = TOne.FusedMultiplyAdd(TOne.Load(made + at), TOne.Load(targets + at), along);
        }

        for (nint at = 0; at < end; at += step)
        {
            var across = Across(along, made + at, targets + at);
            square = TOne.FusedMultiplyAdd(across, across, square);
        }

        var length = TOne.Sqrt(square);
        TOne.Store(along, place.Pointer);
        TOne.Store(length, place.Pointer + TOne.Count);
        for (var from = 0; from < points; from += Block)
        {
            Push(from);
            for (var point = 0; point < Math.Min(Block, points - from); point++)
            {
                var push = TOne.Load(pushes.Pointer + point * TOne.Count);
                advance = TOne.FusedMultiplyAdd(push, TOne.All(forward.Pointer[from + point]), advance);
                turn = TOne.FusedMultiplyAdd(push, TOne.All(aside.Pointer[from + point]), turn);
            }
        }

        // Where nothing is across, it has no direction, and every numerator is 0.
        var divisor = TOne.Select(TOne.Greater(length, default), length, TOne.All(T.One));
        for (nint at = 0; at < end; at += step)
        {
            var sideways = Across(along, made + at, targets + at) / divisor;
            TOne.Store(-TOne.FusedMultiplyAdd(turn, sideways, advance * TOne.Load(targets + at)), errors + at);
        }
    }

    /// <summary>What of an entry is not along the targets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOne Across<TOne>(TOne along, T* made, T* target)
        where TOne : unmanaged, ILanes<TOne, T> => TOne.FusedMultiplyAdd(-along, TOne.Load(target), TOne.Load(made));

    /// <summary>
    /// How much a block of points pushes the maps: sigmoid(-margin) times its share. A register has one point and all networks, or as many
    /// points of the one network.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Push(int from)
    {
        TLanes along = TArrangement.Load(place.Pointer), length = TArrangement.Load(place.Pointer + layout.Number);
        T* ahead = forward.Pointer + from, beside = aside.Pointer + from, share = shares.Pointer + from, into = pushes.Pointer;
        for (var point = 0; point < Block; point += TArrangement.UnitsAtOnce)
        {
            var margin = TLanes.FusedMultiplyAdd(along, Points(ahead + point), length * Points(beside + point));
            TLanes.Store(Sigmoid<TLanes, T>.OfMinus(margin) * Points(share + point), into);
            into += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Points(T* first) => TArrangement.IsByUnit ? TLanes.Load(first) : TLanes.All(*first);
}
