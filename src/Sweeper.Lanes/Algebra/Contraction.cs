using System.Runtime.CompilerServices;
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
    public static void Of(Matrices a, Matrices b, int rows, int columns, Matrices target, int threads) =>
        LaneWidth.Choose<double, Work>(new Work(a, b, rows, columns, target, threads), target.Places.Count);

    /// <summary>The same with registers of one kind.</summary>
    public static void With<TLanes>(Matrices a, Matrices b, int rows, int columns, Matrices target, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double> => Groups.Each<TLanes, LaneArray<double>>(
            target.Places, threads, () => new LaneArray<double>((long)rows * TLanes.Count),
            (batch, first, lanes, memory) => Multiply<TLanes>(a, b, rows, columns, target, (batch, first, lanes), memory.Pointer));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TLanes>(
        Matrices a, Matrices b, int rows, int columns, Matrices target, (int Batch, int First, int Lanes) of, double* brought)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        var (batch, first, lanes) = of;
        nint row = a.Places.Row, matrix = a.Places.Matrix;
        for (var column = 0; column < columns; column++)
        {
            // A column that is that of all is brought once.
            if (column == 0 || b.Places.Column != 0)
            {
                Bring<TLanes>(b.Column(batch, first, column), b.Places.Row, b.Places.Matrix, rows, lanes, brought);
            }

            var product = Product<TLanes>(a.Column(batch, first, column), row, matrix, brought, rows, lanes);
            Lane<TLanes>.Put(product, target.Column(batch, first, column), target.Places.Matrix, lanes);
        }
    }

    /// <summary>Brings a column of the matrices of a group.</summary>
    /// <param name="source">The column of the first matrix.</param>
    /// <param name="row">To the next row.</param>
    /// <param name="matrix">To the next matrix.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="lanes">How many matrices.</param>
    /// <param name="target">A register for every row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bring<TLanes>(double* source, nint row, nint matrix, int rows, int lanes, double* target)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        var isScattered = matrix != 0 && (matrix != 1 || lanes != TLanes.Count);
        for (var place = 0; place < (isScattered ? 0 : rows); place++)
        {
            TLanes.Store(matrix == 0 ? TLanes.All(*source) : TLanes.Load(source), target);
            source += row;
            target += TLanes.Count;
        }

        // Number by number: a register that is read right after them would have to wait.
        for (var lane = 0; lane < (isScattered ? TLanes.Count : 0); lane++)
        {
            for (var place = 0; place < rows; place++)
            {
                target[place * TLanes.Count + lane] = lane < lanes ? source[lane * matrix + place * row] : 0;
            }
        }
    }

    /// <summary>The products of a column of the matrices of a group with one that was brought.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Product<TLanes>(double* a, nint row, nint matrix, double* b, int rows, int lanes)
        where TLanes : unmanaged, ILanes<TLanes, double> => matrix == 1 && lanes == TLanes.Count
            ? SideBySide<TLanes>(a, row, b, rows)
            : Gathered<TLanes>(a, row, matrix, b, rows, lanes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes SideBySide<TLanes>(double* a, nint row, double* b, int rows)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes sum = default;
        for (var place = 0; place < rows; place++)
        {
            sum = TLanes.FusedMultiplyAdd(TLanes.Load(a), TLanes.Load(b), sum);
            a += row;
            b += TLanes.Count;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes Gathered<TLanes>(double* a, nint row, nint matrix, double* b, int rows, int lanes)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes sum = default;
        for (var place = 0; place < rows; place++)
        {
            sum = TLanes.FusedMultiplyAdd(Lane<TLanes>.Bring(a, matrix, lanes), TLanes.Load(b), sum);
            a += row;
            b += TLanes.Count;
        }

        return sum;
    }

    private readonly struct Work(Matrices a, Matrices b, int rows, int columns, Matrices target, int threads) : ILaneWork<double>
    {
        public void With<TLanes>()
            where TLanes : unmanaged, ILanes<TLanes, double> => Contraction.With<TLanes>(a, b, rows, columns, target, threads);
    }
}
