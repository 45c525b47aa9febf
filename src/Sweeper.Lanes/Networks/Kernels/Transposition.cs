using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>Turns a matrix.</summary>
internal static unsafe class Transposition<T>
    where T : unmanaged
{
    // Rows that fill a line of the cache, whose writing then costs one visit.
    private const int Together = 16;

    /// <summary>target[column, row] = source[row, column].</summary>
    /// <param name="source">The matrix.</param>
    /// <param name="row">Numbers from one row of it to the next.</param>
    /// <param name="target">Takes it.</param>
    /// <param name="column">Numbers from one row of that to the next.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of(T* source, nint row, T* target, nint column, int rows, int columns)
    {
        for (var first = 0; first < rows; first += Together)
        {
            var taken = Math.Min(Together, rows - first);
            var (at, tiled) = (0, sizeof(T) == sizeof(float) && Sse.IsSupported ? taken / 4 * 4 : 0);
            for (; tiled > 0 && at + 3 < columns; at += 4)
            {
                T* from = source + first * row + at, into = target + at * column + first;
                for (var number = 0; number < tiled; number += 4)
                {
                    Tile((float*)from, row, (float*)into, column);
                    from += 4 * row;
                    into += 4;
                }

                Line(from, row, into, taken - tiled);
                Line(from + 1, row, into + column, taken - tiled);
                Line(from + 2, row, into + 2 * column, taken - tiled);
                Line(from + 3, row, into + 3 * column, taken - tiled);
            }

            for (; at < columns; at++)
            {
                Line(source + first * row + at, row, target + at * column + first, taken);
            }
        }
    }

    /// <summary>A part of a column to a part of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line(T* from, nint row, T* into, int count)
    {
        for (; count > 3; count -= 4)
        {
            into[0] = from[0];
            into[1] = from[row];
            into[2] = from[2 * row];
            into[3] = from[3 * row];
            from += 4 * row;
            into += 4;
        }

        for (; count > 0; count--)
        {
            *into++ = *from;
            from += row;
        }
    }

    /// <summary>Four rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(float* from, nint row, float* into, nint column)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + row);
        Vector128<float> c = Vector128.Load(from + 2 * row), d = Vector128.Load(from + 3 * row);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(into);
        Sse.MoveHighToLow(cd, ab).Store(into + column);
        (ab, cd) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(ab, cd).Store(into + 2 * column);
        Sse.MoveHighToLow(cd, ab).Store(into + 3 * column);
    }
}
