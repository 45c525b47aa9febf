using System.Runtime.CompilerServices;

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
            for (var at = 0; at < columns; at++)
            {
                T* from = source + first * row + at, into = target + at * column + first;
                var number = 0;
                for (; number + 3 < taken; number += 4)
                {
                    into[0] = from[0];
                    into[1] = from[row];
                    into[2] = from[2 * row];
                    into[3] = from[3 * row];
                    from += 4 * row;
                    into += 4;
                }

                for (; number < taken; number++)
                {
                    *into++ = *from;
                    from += row;
                }
            }
        }
    }
}
