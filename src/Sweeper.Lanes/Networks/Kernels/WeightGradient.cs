using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>
/// Gradients of the matrices of every lane: sum over examples of error[row, example] u[column, example]. Examples are summed in tiles of
/// sixteen, each from 0 and in order, and the tiles in order: sums of many examples keep more digits that way.
/// </summary>
/// <remarks>
/// Blocks of up to six rows by four columns, or one by eight, as those of <see cref="Product{TArrangement, TLanes, T}"/>.
/// </remarks>
internal static unsafe class WeightGradient<TArrangement, TLanes, T>
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = WeightGradient.Tile;

    /// <summary>Adds to a gradient, or sets it.</summary>
    /// <param name="errors">[rows, examples].</param>
    /// <param name="units">[columns, examples].</param>
    /// <param name="gradient">[rows, columns].</param>
    /// <param name="row">Numbers from one row of it to the next; from one register of rows, where there are several in one.</param>
    /// <param name="column">Numbers from one column of it to the next.</param>
    /// <param name="rows">How many registers of rows.</param>
    /// <param name="columns">A multiple of four.</param>
    /// <param name="examples">How many, beginning with a tile.</param>
    /// <param name="isFirst">Whether they are the first of a step.</param>
    public static void Add(
        Units<T> errors, Units<T> units, T* gradient, nint row, nint column, int rows, int columns, int examples, bool isFirst)
    {
        for (var left = rows; left > 0;)
        {
            var taken = RowBlocks.Next(left);
            switch (taken)
            {
                case 1:
                    Row(errors, units, gradient, column, columns, examples, isFirst);
                    break;
                case 2:
                    Block<TwoRows>(errors, units, gradient, row, column, columns, examples, isFirst);
                    break;
                case 3:
                    Block<ThreeRows>(errors, units, gradient, row, column, columns, examples, isFirst);
                    break;
                case 4:
                    Block<FourRows>(errors, units, gradient, row, column, columns, examples, isFirst);
                    break;
                case 5:
                    Block<FiveRows>(errors, units, gradient, row, column, columns, examples, isFirst);
                    break;
                default:
                    Block<SixRows>(errors, units, gradient, row, column, columns, examples, isFirst);
                    break;
            }

            errors = Below(errors, taken);
            gradient += taken * row;
            left -= taken;
        }
    }

    /// <summary>The same for biases: the sums of the errors themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBias(Units<T> errors, T* gradient, int rows, int examples, bool isFirst)
    {
        for (var row = 0; row < rows; row++)
        {
            var first = Below(errors, row).First;
            for (var tile = 0; tile < examples; tile += Tile)
            {
                var sum = default(TLanes);
                for (var example = tile; example < Math.Min(tile + Tile, examples); example++)
                {
                    sum += TLanes.Load(first + example * TArrangement.Step(errors.Example));
                }

                Add(sum, gradient, isFirst && tile == 0);
            }

            gradient += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TRows>(
        Units<T> errors, Units<T> units, T* gradient, nint row, nint column, int columns, int examples, bool isFirst)
        where TRows : struct, IRows
    {
        T* d0 = errors.First, u0 = units.First;
        nint below = TArrangement.Row(errors.Unit), nextError = TArrangement.Step(errors.Example);
        nint unit = TArrangement.Unit(units.Unit), nextUnit = TArrangement.Step(units.Example), beside = TArrangement.Step(column);
        for (var at = 0; at < columns; at += 4)
        {
            for (var tile = 0; tile < examples; tile += Tile)
            {
                T* d = d0 + tile * nextError, u = u0 + tile * nextUnit;
                TLanes s00 = default, s01 = default, s02 = default, s03 = default;
                TLanes s10 = default, s11 = default, s12 = default, s13 = default;
                TLanes s20 = default, s21 = default, s22 = default, s23 = default;
                TLanes s30 = default, s31 = default, s32 = default, s33 = default;
                TLanes s40 = default, s41 = default, s42 = default, s43 = default;
                TLanes s50 = default, s51 = default, s52 = default, s53 = default;
                for (var example = Math.Min(Tile, examples - tile); example > 0; example--)
                {
                    var e0 = TLanes.Load(d);
                    var e1 = TRows.Count > 1 ? TLanes.Load(d + below) : default;
                    var e2 = TRows.Count > 2 ? TLanes.Load(d + 2 * below) : default;
                    var e3 = TRows.Count > 3 ? TLanes.Load(d + 3 * below) : default;
                    var e4 = TRows.Count > 4 ? TLanes.Load(d + 4 * below) : default;
                    var e5 = TRows.Count > 5 ? TLanes.Load(d + 5 * below) : default;
                    var x = TArrangement.Load(u);
                    s00 = TLanes.FusedMultiplyAdd(e0, x, s00);
                    s10 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(e1, x, s10) : s10;
                    s20 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(e2, x, s20) : s20;
                    s30 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(e3, x, s30) : s30;
                    s40 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(e4, x, s40) : s40;
                    s50 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(e5, x, s50) : s50;
                    x = TArrangement.Load(u + unit);
                    s01 = TLanes.FusedMultiplyAdd(e0, x, s01);
                    s11 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(e1, x, s11) : s11;
                    s21 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(e2, x, s21) : s21;
                    s31 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(e3, x, s31) : s31;
                    s41 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(e4, x, s41) : s41;
                    s51 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(e5, x, s51) : s51;
                    x = TArrangement.Load(u + 2 * unit);
                    s02 = TLanes.FusedMultiplyAdd(e0, x, s02);
                    s12 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(e1, x, s12) : s12;
                    s22 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(e2, x, s22) : s22;
                    s32 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(e3, x, s32) : s32;
                    s42 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(e4, x, s42) : s42;
                    s52 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(e5, x, s52) : s52;
                    x = TArrangement.Load(u + 3 * unit);
                    s03 = TLanes.FusedMultiplyAdd(e0, x, s03);
                    s13 = TRows.Count > 1 ? TLanes.FusedMultiplyAdd(e1, x, s13) : s13;
                    s23 = TRows.Count > 2 ? TLanes.FusedMultiplyAdd(e2, x, s23) : s23;
                    s33 = TRows.Count > 3 ? TLanes.FusedMultiplyAdd(e3, x, s33) : s33;
                    s43 = TRows.Count > 4 ? TLanes.FusedMultiplyAdd(e4, x, s43) : s43;
                    s53 = TRows.Count > 5 ? TLanes.FusedMultiplyAdd(e5, x, s53) : s53;
                    d += nextError;
                    u += nextUnit;
                }

                var isSet = isFirst && tile == 0;
                Add(s00, s01, s02, s03, gradient, beside, isSet);

                if (TRows.Count > 1)
                {
                    Add(s10, s11, s12, s13, gradient + row, beside, isSet);
                }

                if (TRows.Count > 2)
                {
                    Add(s20, s21, s22, s23, gradient + 2 * row, beside, isSet);
                }

                if (TRows.Count > 3)
                {
                    Add(s30, s31, s32, s33, gradient + 3 * row, beside, isSet);
                }

                if (TRows.Count > 4)
                {
                    Add(s40, s41, s42, s43, gradient + 4 * row, beside, isSet);
                }

                if (TRows.Count > 5)
                {
                    Add(s50, s51, s52, s53, gradient + 5 * row, beside, isSet);
                }
            }

            u0 += 4 * unit;
            gradient += 4 * beside;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TLanes s0, TLanes s1, TLanes s2, TLanes s3, T* target, nint beside, bool isSet)
    {
        Add(s0, target, isSet);
        Add(s1, target + beside, isSet);
        Add(s2, target + 2 * beside, isSet);
        Add(s3, target + 3 * beside, isSet);
    }

    /// <summary>One row: as many columns at once as keep the processor busy, and four of those that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(Units<T> errors, Units<T> units, T* gradient, nint column, int columns, int examples, bool isFirst)
    {
        nint nextError = TArrangement.Step(errors.Example), nextUnit = TArrangement.Step(units.Example);
        nint unit = TArrangement.Unit(units.Unit), beside = TArrangement.Step(column);
        var at = 0;
        for (; at + 7 < columns; at += 8)
        {
            for (var tile = 0; tile < examples; tile += Tile)
            {
                T* d = errors.First + tile * nextError, u = units.First + at * unit + tile * nextUnit;
                TLanes s0 = default, s1 = default, s2 = default, s3 = default;
                TLanes s4 = default, s5 = default, s6 = default, s7 = default;
                for (var example = Math.Min(Tile, examples - tile); example > 0; example--)
                {
                    var e = TLanes.Load(d);
                    var more = u + 4 * unit;
                    s0 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(u), s0);
                    s1 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(u + unit), s1);
                    s2 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(u + 2 * unit), s2);
                    s3 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(u + 3 * unit), s3);
                    s4 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(more), s4);
                    s5 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(more + unit), s5);
                    s6 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(more + 2 * unit), s6);
                    s7 = TLanes.FusedMultiplyAdd(e, TArrangement.Load(more + 3 * unit), s7);
                    d += nextError;
                    u += nextUnit;
                }

                var isSet = isFirst && tile == 0;
                Add(s0, s1, s2, s3, gradient, beside, isSet);
                Add(s4, s5, s6, s7, gradient + 4 * beside, beside, isSet);
            }

            gradient += 8 * beside;
        }

        if (at < columns)
        {
            var onward = new Units<T>(units.First + at * unit, units.Unit, units.Example);
            Block<OneRow>(errors, onward, gradient, 0, column, columns - at, examples, isFirst);
        }
    }

    /// <summary>From some registers of rows further down.</summary>
    private static Units<T> Below(Units<T> errors, int rows) =>
        new(errors.First + rows * TArrangement.Row(errors.Unit), errors.Unit, errors.Example);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TLanes sum, T* target, bool isSet) => TLanes.Store(isSet ? sum : TLanes.Load(target) + sum, target);
}

/// <summary>What all of them share.</summary>
internal static class WeightGradient
{
    /// <summary>Examples of a tile: part of what the numbers are, and no matter of speed.</summary>
    public const int Tile = 16;
}
