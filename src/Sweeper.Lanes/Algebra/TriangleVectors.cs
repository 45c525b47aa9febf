using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// The vectors W of R = W S Z^T, from the values and from Z, of a triangle whose rows fall off. Below its diagonal a vector comes from
/// S w = R z; on it and above, from R^T w = S z, by substitution from the top. Either way would lose digits in the other's part, of
/// weak vectors and of strong ones; where R is well-conditioned but for the scales of its rows, nothing is lost so.
/// </summary>
internal static unsafe class TriangleVectors<TLanes>
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>Finds them; those of values that are zero are zero.</summary>
    /// <param name="triangle">R above its diagonal.</param>
    /// <param name="diagonal">Its diagonal.</param>
    /// <param name="values">S, descending.</param>
    /// <param name="vectors">Z.</param>
    /// <param name="target">W.</param>
    /// <param name="size">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(
        Columns<TLanes> triangle, double* diagonal, double* values, Columns<TLanes> vectors, Columns<TLanes> target, int size)
    {
        for (var row = 0; row < size; row++)
        {
            var corner = TLanes.Load(diagonal + row * TLanes.Count);
            for (var column = 0; column < row; column++)
            {
                var sum = corner * TLanes.Load(vectors.At(column, row));
                for (var term = row + 1; term < size; term++)
                {
                    sum = TLanes.FusedMultiplyAdd(TLanes.Load(triangle.At(term, row)), TLanes.Load(vectors.At(column, term)), sum);
                }

                TLanes.Store(sum * Inverse(TLanes.Load(values + column * TLanes.Count)), target.At(column, row));
            }

            var inverse = Inverse(corner);
            for (var column = row; column < size; column++)
            {
                var known = Columns<TLanes>.Dot(triangle.At(row), target.At(column), row);
                var value = TLanes.Load(values + column * TLanes.Count);
                var rest = TLanes.FusedMultiplyAdd(value, TLanes.Load(vectors.At(column, row)), -known);
                TLanes.Store(rest * inverse, target.At(column, row));
            }
        }
    }

    /// <summary>Largest number of W^T W - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLanes Skew(Columns<TLanes> vectors, int size)
    {
        TLanes result = default;
        for (var column = 0; column < size; column++)
        {
            var itself = Columns<TLanes>.Dot(vectors.At(column), vectors.At(column), size);
            result = TLanes.Max(result, TLanes.Abs(itself - TLanes.All(1)));
            // By fours; of some, some are the column before.
            for (var other = 0; other < column; other += 4)
            {
                result = TLanes.Max(result, Slant(
                    vectors.At(column), vectors.At(other), vectors.At(Math.Min(other + 1, column - 1)),
                    vectors.At(Math.Min(other + 2, column - 1)), vectors.At(Math.Min(other + 3, column - 1)), size));
            }
        }

        return result;
    }

    /// <summary>Largest product of a column with four others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Slant(double* column, double* a, double* b, double* c, double* d, int rows)
    {
        TLanes one = default, two = default, three = default, four = default;
        for (var row = 0; row < rows * TLanes.Count; row += TLanes.Count)
        {
            var number = TLanes.Load(column + row);
            one = TLanes.FusedMultiplyAdd(number, TLanes.Load(a + row), one);
            two = TLanes.FusedMultiplyAdd(number, TLanes.Load(b + row), two);
            three = TLanes.FusedMultiplyAdd(number, TLanes.Load(c + row), three);
            four = TLanes.FusedMultiplyAdd(number, TLanes.Load(d + row), four);
        }

        return TLanes.Max(TLanes.Max(TLanes.Abs(one), TLanes.Abs(two)), TLanes.Max(TLanes.Abs(three), TLanes.Abs(four)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Inverse(TLanes number) =>
        TLanes.Select(TLanes.Greater(TLanes.Abs(number), default), TLanes.All(1) / number, default);
}
