using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Gradients of the matrices of every lane: sum over examples of error[row, example] u[column, example]. Examples are summed in tiles of
/// sixteen, each from 0 and in order, and the tiles in order: sums of many examples keep more digits that way.
/// </summary>
/// <remarks>
/// Twelve sums at once, so that the processor always has some to add to while others are on their way: three rows by four columns. Which
/// sums go together changes no bit of them: each is a fixed sequence of fused multiply-adds.
/// </remarks>
internal static unsafe class WeightGradient<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = WeightGradient.Tile;

    /// <summary>Adds to a gradient, or sets it.</summary>
    /// <param name="errors">[rows, examples] of every lane.</param>
    /// <param name="units">[columns, examples] of every lane.</param>
    /// <param name="unit">Numbers from one unit to the next, of both.</param>
    /// <param name="gradient">[rows, columns] of every lane.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">A multiple of four.</param>
    /// <param name="examples">How many, beginning with a tile.</param>
    /// <param name="isFirst">Whether they are the first of a step.</param>
    public static void Add(T* errors, T* units, nint unit, T* gradient, int rows, int columns, int examples, bool isFirst)
    {
        for (var left = rows; left > 0;)
        {
            var taken = Rows.Next(left);
            switch (taken)
            {
                case 3:
                    Rows3(errors, units, unit, gradient, columns, examples, isFirst);
                    break;
                case 2:
                    Rows2(errors, units, unit, gradient, columns, examples, isFirst);
                    break;
                default:
                    Rows1(errors, units, unit, gradient, columns, examples, isFirst);
                    break;
            }

            errors += taken * unit;
            gradient += taken * columns * TLanes.Count;
            left -= taken;
        }
    }

    /// <summary>The same for biases: the sums of the errors themselves.</summary>
    public static void AddBias(T* errors, nint unit, T* gradient, int rows, int examples, bool isFirst)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var tile = 0; tile < examples; tile += Tile)
            {
                var sum = default(TLanes);
                for (var example = tile; example < Math.Min(tile + Tile, examples); example++)
                {
                    sum += TLanes.Load(errors + example * TLanes.Count);
                }

                Add(sum, gradient, isFirst && tile == 0);
            }

            errors += unit;
            gradient += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3(T* errors, T* units, nint unit, T* gradient, int columns, int examples, bool isFirst)
    {
        var row = (nint)columns * TLanes.Count;
        for (var column = 0; column < columns; column += 4)
        {
            for (var tile = 0; tile < examples; tile += Tile)
            {
                T* d = errors + tile * TLanes.Count, u = units + tile * TLanes.Count;
                TLanes s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default, s20 = default, s21 = default, s22 = default, s23 = default;
                for (var example = Math.Min(Tile, examples - tile); example > 0; example--)
                {
                    var d0 = TLanes.Load(d);
                    var d1 = TLanes.Load(d + unit);
                    var d2 = TLanes.Load(d + 2 * unit);
                    var x = TLanes.Load(u);
                    s00 = TLanes.FusedMultiplyAdd(d0, x, s00);
                    s10 = TLanes.FusedMultiplyAdd(d1, x, s10);
                    s20 = TLanes.FusedMultiplyAdd(d2, x, s20);
                    x = TLanes.Load(u + unit);
                    s01 = TLanes.FusedMultiplyAdd(d0, x, s01);
                    s11 = TLanes.FusedMultiplyAdd(d1, x, s11);
                    s21 = TLanes.FusedMultiplyAdd(d2, x, s21);
                    x = TLanes.Load(u + 2 * unit);
                    s02 = TLanes.FusedMultiplyAdd(d0, x, s02);
                    s12 = TLanes.FusedMultiplyAdd(d1, x, s12);
                    s22 = TLanes.FusedMultiplyAdd(d2, x, s22);
                    x = TLanes.Load(u + 3 * unit);
                    s03 = TLanes.FusedMultiplyAdd(d0, x, s03);
                    s13 = TLanes.FusedMultiplyAdd(d1, x, s13);
                    s23 = TLanes.FusedMultiplyAdd(d2, x, s23);
                    d += TLanes.Count;
                    u += TLanes.Count;
                }

                var isSet = isFirst && tile == 0;
                Add(s00, gradient, isSet);
                Add(s01, gradient + TLanes.Count, isSet);
                Add(s02, gradient + 2 * TLanes.Count, isSet);
                Add(s03, gradient + 3 * TLanes.Count, isSet);
                Add(s10, gradient + row, isSet);
                Add(s11, gradient + row + TLanes.Count, isSet);
                Add(s12, gradient + row + 2 * TLanes.Count, isSet);
                Add(s13, gradient + row + 3 * TLanes.Count, isSet);
                Add(s20, gradient + 2 * row, isSet);
                Add(s21, gradient + 2 * row + TLanes.Count, isSet);
                Add(s22, gradient + 2 * row + 2 * TLanes.Count, isSet);
                Add(s23, gradient + 2 * row + 3 * TLanes.Count, isSet);
            }

            units += 4 * unit;
            gradient += 4 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2(T* errors, T* units, nint unit, T* gradient, int columns, int examples, bool isFirst)
    {
        var row = (nint)columns * TLanes.Count;
        for (var column = 0; column < columns; column += 4)
        {
            for (var tile = 0; tile < examples; tile += Tile)
            {
                T* d = errors + tile * TLanes.Count, u = units + tile * TLanes.Count;
                TLanes s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
                for (var example = Math.Min(Tile, examples - tile); example > 0; example--)
                {
                    var d0 = TLanes.Load(d);
                    var d1 = TLanes.Load(d + unit);
                    var x = TLanes.Load(u);
                    s00 = TLanes.FusedMultiplyAdd(d0, x, s00);
                    s10 = TLanes.FusedMultiplyAdd(d1, x, s10);
                    x = TLanes.Load(u + unit);
                    s01 = TLanes.FusedMultiplyAdd(d0, x, s01);
                    s11 = TLanes.FusedMultiplyAdd(d1, x, s11);
                    x = TLanes.Load(u + 2 * unit);
                    s02 = TLanes.FusedMultiplyAdd(d0, x, s02);
                    s12 = TLanes.FusedMultiplyAdd(d1, x, s12);
                    x = TLanes.Load(u + 3 * unit);
                    s03 = TLanes.FusedMultiplyAdd(d0, x, s03);
                    s13 = TLanes.FusedMultiplyAdd(d1, x, s13);
                    d += TLanes.Count;
                    u += TLanes.Count;
                }

                var isSet = isFirst && tile == 0;
                Add(s00, gradient, isSet);
                Add(s01, gradient + TLanes.Count, isSet);
                Add(s02, gradient + 2 * TLanes.Count, isSet);
                Add(s03, gradient + 3 * TLanes.Count, isSet);
                Add(s10, gradient + row, isSet);
                Add(s11, gradient + row + TLanes.Count, isSet);
                Add(s12, gradient + row + 2 * TLanes.Count, isSet);
                Add(s13, gradient + row + 3 * TLanes.Count, isSet);
            }

            units += 4 * unit;
            gradient += 4 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1(T* errors, T* units, nint unit, T* gradient, int columns, int examples, bool isFirst)
    {
        for (var column = 0; column < columns; column += 4)
        {
            for (var tile = 0; tile < examples; tile += Tile)
            {
                T* d = errors + tile * TLanes.Count, u = units + tile * TLanes.Count;
                TLanes s00 = default, s01 = default, s02 = default, s03 = default;
                for (var example = Math.Min(Tile, examples - tile); example > 0; example--)
                {
                    var d0 = TLanes.Load(d);
                    var x = TLanes.Load(u);
                    s00 = TLanes.FusedMultiplyAdd(d0, x, s00);
                    x = TLanes.Load(u + unit);
                    s01 = TLanes.FusedMultiplyAdd(d0, x, s01);
                    x = TLanes.Load(u + 2 * unit);
                    s02 = TLanes.FusedMultiplyAdd(d0, x, s02);
                    x = TLanes.Load(u + 3 * unit);
                    s03 = TLanes.FusedMultiplyAdd(d0, x, s03);
                    d += TLanes.Count;
                    u += TLanes.Count;
                }

                var isSet = isFirst && tile == 0;
                Add(s00, gradient, isSet);
                Add(s01, gradient + TLanes.Count, isSet);
                Add(s02, gradient + 2 * TLanes.Count, isSet);
                Add(s03, gradient + 3 * TLanes.Count, isSet);
            }

            units += 4 * unit;
            gradient += 4 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TLanes sum, T* target, bool isSet) => TLanes.Store(isSet ? sum : TLanes.Load(target) + sum, target);
}

/// <summary>What all of them share.</summary>
internal static class WeightGradient
{
    /// <summary>Examples of a tile: part of what the numbers are, and no matter of speed.</summary>
    public const int Tile = 16;
}
