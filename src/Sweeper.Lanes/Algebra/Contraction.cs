using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Scalar products of the columns of many matrices with those of others: sum over rows of a[row, column] b[row, column], in ascending
/// rows, a matrix an element of a register.
/// </summary>
internal static unsafe class Contraction
{
    /// <summary>Computes them.</summary>
    /// <param name="a">Matrices.</param>
    /// <param name="b">Matrices of the same shape; where all their columns are one, the way to the next is 0.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="target">Takes the products as matrices of one row, side by side.</param>
    /// <param name="threads">At most so many at once.</param>
    public static void Of(Matrices a, Matrices b, int rows, int columns, Matrices target, int threads)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            With<Lanes512<double>>(a, b, rows, columns, target, threads);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            With<Lanes256<double>>(a, b, rows, columns, target, threads);
        }
        else
        {
            With<Lanes128<double>>(a, b, rows, columns, target, threads);
        }
    }

    /// <summary>The same with registers of one kind.</summary>
    public static void With<TLanes>(Matrices a, Matrices b, int rows, int columns, Matrices target, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double> => Groups.Each<TLanes, LaneArray<double>>(
            target.Places, threads, () => new LaneArray<double>((long)rows * TLanes.Count), (batch, first, lanes, memory) =>
            {
                for (var column = 0; column < columns; column++)
                {
                    // A column that is that of all is brought once.
                    if (column == 0 || b.Places.Column != 0)
                    {
                        Bring<TLanes>(b.Column(batch, first, column), b.Places, rows, lanes, memory.Pointer);
                    }

                    var product = Product<TLanes>(a.Column(batch, first, column), a.Places, memory.Pointer, rows, lanes);
                    Lane<TLanes>.Put(product, target.Column(batch, first, column), target.Places.Matrix, lanes);
                }
            });

    /// <summary>Brings a column of the matrices of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bring<TLanes>(double* source, MatrixPlaces places, int rows, int lanes, double* target)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        for (var row = 0; row < rows; row++)
        {
            TLanes.Store(Lane<TLanes>.Bring(source + row * places.Row, places.Matrix, lanes), target + row * TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes Product<TLanes>(double* a, MatrixPlaces places, double* b, int rows, int lanes)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes sum = default;
        for (var row = 0; row < rows; row++)
        {
            var left = Lane<TLanes>.Bring(a + row * places.Row, places.Matrix, lanes);
            sum = TLanes.FusedMultiplyAdd(left, TLanes.Load(b + row * TLanes.Count), sum);
        }

        return sum;
    }
}
