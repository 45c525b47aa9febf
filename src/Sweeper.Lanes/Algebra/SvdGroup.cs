using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Decomposes the matrices of one register, A = U S V^T: A P = Q R, and one-sided Jacobi on R^T, whose columns are nearly orthogonal
/// already (Drmac and Veselic 2008). R^T W = Z S gives U = Q W and V = P Z.
/// </summary>
/// <remarks>
/// W comes from R and Z afterwards. Where R's columns depend on each other so much that it has lost its right angles, the rotations are
/// done again and the identity is rotated along.
/// </remarks>
internal sealed unsafe class SvdGroup<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    // Times the side: W^T W may be off by so much from 1.
    private const double MostSkew = 1e-15;
    private readonly int rows, columns;
    private readonly bool hasVectors;
    private readonly PivotedQr<TLanes> qr;
    private readonly OneSidedJacobi<TLanes> jacobi;
    private readonly LaneArray<double> memory, others, values;
    private readonly Columns<TLanes> left;

    /// <param name="rows">At least as many as columns.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="hasVectors">Whether vectors are wanted.</param>
    public SvdGroup(int rows, int columns, bool hasVectors)
    {
        (this.rows, this.columns, this.hasVectors) = (rows, columns, hasVectors);
        qr = new PivotedQr<TLanes>(rows, columns);
        jacobi = new OneSidedJacobi<TLanes>(columns, columns, hasVectors ? columns : 0);
        memory = new LaneArray<double>(Columns<TLanes>.SizeOf(rows, columns) * TLanes.Count);
        others = new LaneArray<double>((long)rows * TLanes.Count);
        values = new LaneArray<double>((long)columns * TLanes.Count);
        left = new Columns<TLanes>(memory.Pointer, rows);
    }

    /// <summary>Sweeps of the last time.</summary>
    public int Sweeps => jacobi.Sweeps;

    /// <summary>Whether some were rotated twice the last time, the identity along; for those who measure.</summary>
    public bool IsRotatedAlong { get; private set; }

    /// <summary>What is decomposed.</summary>
    public Columns<TLanes> Matrix => qr.Matrix;

    /// <summary>Brings some matrices of a batch.</summary>
    /// <param name="source">Numbers.</param>
    /// <param name="places">Where they are.</param>
    /// <param name="batch">Of which batch.</param>
    /// <param name="first">The first matrix.</param>
    /// <param name="lanes">How many.</param>
    public void Bring<TSource>(TSource* source, MatrixPlaces places, int batch, int first, int lanes)
        where TSource : unmanaged, INumberBase<TSource> => Bring(source + places.Of(batch, first), places, lanes);

    /// <summary>Decomposes what was brought.</summary>
    /// <param name="batch">Of which batch it is.</param>
    /// <param name="first">The first matrix.</param>
    /// <param name="lanes">How many.</param>
    /// <param name="target">Takes what is wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decompose(int batch, int first, int lanes, SvdTarget target)
    {
        var (scaling, isFinite) = Scale();
        qr.Factor();
        qr.TransposedFactor(jacobi.Matrix);
        jacobi.Orthogonalise(isAlong: false);
        for (var column = 0; column < columns; column++)
        {
            var value = TLanes.Sqrt(jacobi.Measures(column).Length);
            TLanes.Store(value, values.Pointer + column * TLanes.Count);
            var shown = Defined(value * scaling.Inverse, isFinite);
            Lane<TLanes>.Put(shown, target.S.Column(batch, first, column), target.S.Places.Matrix, lanes);
        }

        if (hasVectors)
        {
            FindVectors();
            PutVectors(target, batch, first, lanes, isFinite);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        qr.Dispose();
        jacobi.Dispose();
        memory.Dispose();
        others.Dispose();
        values.Dispose();
    }

    // A number that is zero may have any sign, depending on what neighbours had to be rotated for: + 0 takes it away.
    private static TLanes Defined(TLanes value, TLanes isFinite) =>
        TLanes.Select(isFinite, value + default(TLanes), TLanes.All(double.NaN));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Bring<TSource>(TSource* source, MatrixPlaces places, int lanes)
        where TSource : unmanaged, INumberBase<TSource>
    {
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                var from = source + row * places.Row + column * places.Column;
                var into = qr.Matrix.At(column, row);
                for (var lane = 0; lane < lanes; lane++)
                {
                    into[lane] = double.CreateTruncating(from[lane * places.Matrix]);
                }

                for (var lane = lanes; lane < TLanes.Count; lane++)
                {
                    into[lane] = 0;
                }
            }
        }
    }

    /// <summary>Scales; matrices that are not finite become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Scaling<TLanes> Scaling, TLanes IsFinite) Scale()
    {
        TLanes largest = default, nothing = default;
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                var number = TLanes.Load(qr.Matrix.At(column, row));
                nothing = TLanes.FusedMultiplyAdd(number, default, nothing);
                var size = TLanes.Abs(number);
                largest = TLanes.Select(TLanes.Greater(size, largest), size, largest);
            }
        }

        var isFinite = TLanes.Greater(TLanes.All(1), nothing);
        var scaling = Scaling<TLanes>.Of(TLanes.Select(isFinite, largest, default));
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                var place = qr.Matrix.At(column, row);
                TLanes.Store(TLanes.Select(isFinite, TLanes.Load(place) * scaling.Factor, default), place);
            }
        }

        return (scaling, isFinite);
    }

    /// <summary>Z in place of Z S, and W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindVectors()
    {
        Normalise();
        TriangleVectors<TLanes>.Find(qr.Matrix, qr.Diagonal, values.Pointer, jacobi.Matrix, left, columns);
        for (var column = 0; column < columns; column++)
        {
            Completion<TLanes>.Fill(left, columns, column, IsZero(column));
        }

        var isSkewed = TLanes.Greater(TriangleVectors<TLanes>.Skew(left, columns), TLanes.All(MostSkew * columns));
        IsRotatedAlong = TLanes.Any(isSkewed);
        if (IsRotatedAlong)
        {
            RotateAlong(isSkewed);
        }
    }

    /// <summary>Finds Z again, and W by rotating the identity along; takes it where the mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RotateAlong(TLanes mask)
    {
        qr.TransposedFactor(jacobi.Matrix);
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < columns; row++)
            {
                TLanes.Store(row == column ? TLanes.All(1) : default, jacobi.Matrix.At(column, columns + row));
            }
        }

        jacobi.Orthogonalise(isAlong: true);
        Normalise();
        for (var column = 0; column < columns; column++)
        {
            var factor = TLanes.Sqrt(jacobi.Measures(column).Scale);
            for (var row = 0; row < columns; row++)
            {
                var place = left.At(column, row);
                var number = TLanes.Load(jacobi.Matrix.At(column, columns + row)) * factor;
                TLanes.Store(TLanes.Select(mask, number, TLanes.Load(place)), place);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalise()
    {
        for (var column = 0; column < columns; column++)
        {
            var isZero = IsZero(column);
            var inverse = TLanes.Select(isZero, default, TLanes.All(1) / TLanes.Sqrt(jacobi.Measures(column).Square));
            for (var row = 0; row < columns; row++)
            {
                var place = jacobi.Matrix.At(column, row);
                TLanes.Store(TLanes.Load(place) * inverse, place);
            }

            Completion<TLanes>.Fill(jacobi.Matrix, columns, column, isZero);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes IsZero(int column) => TLanes.Select(
        TLanes.Greater(TLanes.Load(values.Pointer + column * TLanes.Count), default), default, TLanes.Greater(TLanes.All(1), default));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutVectors(SvdTarget target, int batch, int first, int lanes, TLanes isFinite)
    {
        qr.Unpivot(jacobi.Matrix);
        for (var column = 0; column < columns; column++)
        {
            for (var row = columns; row < rows; row++)
            {
                TLanes.Store(default, left.At(column, row));
            }
        }

        qr.Rotate(left);
        Put(target.U, left, rows);
        Put(target.V, jacobi.Matrix, columns);
        Array.ForEach(target.OfU, product => Multiply(product, left, rows, (batch, first, lanes), isFinite));
        Array.ForEach(target.OfV, product => Multiply(product, jacobi.Matrix, columns, (batch, first, lanes), isFinite));

        void Put(Matrices into, Columns<TLanes> vectors, int height)
        {
            for (var column = 0; column < (into.IsMissing ? 0 : columns); column++)
            {
                PutColumn(vectors.At(column), height, into.Column(batch, first, column), into.Places, lanes, isFinite);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(VectorProduct product, Columns<TLanes> vectors, int height, (int Batch, int First, int Lanes) of, TLanes isFinite)
    {
        var (batch, first, lanes) = of;
        Matrices with = product.With, into = product.Into;
        // A column that is that of all is brought once.
        nint column = with.Places.Column, row = with.Places.Row, matrix = with.Places.Matrix;
        var source = with.Column(batch, first, 0);
        if (column == 0)
        {
            Contraction.Bring<TLanes>(source, row, matrix, height, lanes, others.Pointer);
            (row, matrix, lanes) = (TLanes.Count, 1, TLanes.Count);
        }

        var target = into.Column(batch, first, 0);
        nint next = into.Places.Column, step = into.Places.Matrix;
        for (var place = 0; place < columns; place++)
        {
            var from = column == 0 ? others.Pointer : source + place * column;
            var value = Contraction.Product<TLanes>(from, row, matrix, vectors.At(place), height, lanes);
            Lane<TLanes>.Put(Defined(value, isFinite), target + place * next, step, of.Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PutColumn(double* source, int rows, double* target, MatrixPlaces places, int lanes, TLanes isFinite)
    {
        for (var row = 0; row < rows; row++)
        {
            Lane<TLanes>.Put(Defined(TLanes.Load(source + row * TLanes.Count), isFinite), target + row * places.Row, places.Matrix, lanes);
        }
    }
}
