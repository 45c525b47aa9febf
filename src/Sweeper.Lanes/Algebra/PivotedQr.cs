using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// A P = Q R by Householder's reflections, the longest column that is left always first (Businger and Golub 1965), so that the rows of R
/// fall off; every lane has its own order.
/// </summary>
internal sealed unsafe class PivotedQr<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    // Squares of what is shorter are lost; with numbers scaled by Scaling it is 1e-200 of the largest.
    private const double Negligible = 1e-290;
    private readonly int rows, columns;
    private readonly LaneArray<double> memory, numbers;
    private readonly double* norms, scales, diagonal, pivots;
    private readonly RowOrder<TLanes> order;

    /// <param name="rows">At least as many as columns.</param>
    /// <param name="columns">Columns.</param>
    public PivotedQr(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        memory = new LaneArray<double>(Columns<TLanes>.SizeOf(rows, columns) * TLanes.Count);
        Matrix = new Columns<TLanes>(memory.Pointer, rows);
        numbers = new LaneArray<double>(4L * columns * TLanes.Count);
        norms = numbers.Pointer;
        scales = norms + columns * TLanes.Count;
        diagonal = scales + columns * TLanes.Count;
        pivots = diagonal + columns * TLanes.Count;
        order = new RowOrder<TLanes>(rows, columns);
    }

    /// <summary>What is factored; then Householder's vectors under the diagonal, and R above it.</summary>
    public Columns<TLanes> Matrix { get; }

    /// <summary>The diagonal of R, a register each.</summary>
    public double* Diagonal => diagonal;

    /// <summary>Factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Factor()
    {
        order.Sort(Matrix);
        for (var column = 0; column < columns; column++)
        {
            TLanes.Store(Columns<TLanes>.Dot(Matrix.At(column), Matrix.At(column), rows), norms + column * TLanes.Count);
        }

        for (var step = 0; step < columns; step++)
        {
            Pivot(step);
            var scale = Reflector(step);
            var vector = Matrix.At(step, step);
            for (var column = step + 1; column < columns; column++)
            {
                var target = Matrix.At(column, step);
                var along = Columns<TLanes>.Dot(vector, target, rows - step) * -scale;
                TLanes.Store(TLanes.FusedMultiplyAdd(along, TLanes.Load(vector), TLanes.Load(target)), target);
                var square = AddAndMeasure(along, vector + TLanes.Count, target + TLanes.Count, rows - step - 1);
                TLanes.Store(square, norms + column * TLanes.Count);
            }
        }
    }

    /// <summary>Writes R^T.</summary>
    /// <param name="target">As many columns as R has; what is under them is not touched.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransposedFactor(Columns<TLanes> target)
    {
        for (var row = 0; row < columns; row++)
        {
            var into = target.At(row);
            for (var column = 0; column < row; column++)
            {
                TLanes.Store(default, into + column * TLanes.Count);
            }

            TLanes.Store(TLanes.Load(diagonal + row * TLanes.Count), into + row * TLanes.Count);
            // Behind a negligible column there is nothing but such.
            var isLarge = TLanes.Greater(TLanes.Load(scales + row * TLanes.Count), default);
            for (var column = row + 1; column < columns; column++)
            {
                var number = TLanes.Select(isLarge, TLanes.Load(Matrix.At(column, row)), default);
                TLanes.Store(number, Matrix.At(column, row));
                TLanes.Store(number, into + column * TLanes.Count);
            }
        }
    }

    /// <summary>Multiplies vectors of as many rows as A has by Q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rotate(Columns<TLanes> vectors)
    {
        for (var step = columns - 1; step >= 0; step--)
        {
            var reflector = Matrix.At(step, step);
            var scale = -TLanes.Load(scales + step * TLanes.Count);
            for (var column = 0; column < columns; column++)
            {
                var target = vectors.At(column, step);
                Columns<TLanes>.Add(Columns<TLanes>.Dot(reflector, target, rows - step) * scale, reflector, target, rows - step);
            }
        }

        order.Undo(vectors);
    }

    /// <summary>Multiplies vectors by P: undoes the exchange of columns on rows.</summary>
    /// <param name="vectors">As many columns as A has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Unpivot(Columns<TLanes> vectors)
    {
        for (var step = columns - 1; step >= 0; step--)
        {
            var pivot = TLanes.Load(pivots + step * TLanes.Count);
            for (var row = step + 1; row < columns; row++)
            {
                var mask = Columns<TLanes>.Is(pivot, row);
                if (TLanes.Any(mask))
                {
                    for (var column = 0; column < columns; column++)
                    {
                        Columns<TLanes>.Swap(vectors.At(column, step), vectors.At(column, row), mask);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        numbers.Dispose();
        order.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pivot(int step)
    {
        TLanes largest = TLanes.Load(norms + step * TLanes.Count), pivot = TLanes.All(step);
        for (var column = step + 1; column < columns; column++)
        {
            var norm = TLanes.Load(norms + column * TLanes.Count);
            var isLarger = TLanes.Greater(norm, largest);
            largest = TLanes.Select(isLarger, norm, largest);
            pivot = TLanes.Select(isLarger, TLanes.All(column), pivot);
        }

        TLanes.Store(pivot, pivots + step * TLanes.Count);
        for (var column = step + 1; column < columns; column++)
        {
            var mask = Columns<TLanes>.Is(pivot, column);
            if (TLanes.Any(mask))
            {
                Columns<TLanes>.Swap(Matrix.At(step), Matrix.At(column), rows, mask);
                Columns<TLanes>.Swap(norms + step * TLanes.Count, norms + column * TLanes.Count, mask);
            }
        }
    }

    /// <summary>Makes a column, from its diagonal on, the vector v of I - scale v v^T, which brings it to the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Reflector(int step)
    {
        var column = Matrix.At(step, step);
        var square = TLanes.Load(norms + step * TLanes.Count);
        var isLarge = TLanes.Greater(square, TLanes.All(Negligible));
        var norm = TLanes.Sqrt(square);
        var first = TLanes.Load(column);
        var signed = TLanes.Select(TLanes.Greater(default, first), -norm, norm);
        TLanes.Store(first + signed, column);
        var scale = TLanes.Select(isLarge, TLanes.All(1) / (norm * (norm + TLanes.Abs(first))), default);
        TLanes.Store(scale, scales + step * TLanes.Count);
        TLanes.Store(TLanes.Select(isLarge, -signed, default), diagonal + step * TLanes.Count);
        return scale;
    }

    /// <summary>target += factor * vector; gives the square of its new length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddAndMeasure(TLanes factor, double* vector, double* target, int rows)
    {
        TLanes even = default, odd = default;
        var row = 0;
        for (; row + 1 < rows; row += 2)
        {
            var first = TLanes.FusedMultiplyAdd(factor, TLanes.Load(vector), TLanes.Load(target));
            var second = TLanes.FusedMultiplyAdd(factor, TLanes.Load(vector + TLanes.Count), TLanes.Load(target + TLanes.Count));
            TLanes.Store(first, target);
            TLanes.Store(second, target + TLanes.Count);
            even = TLanes.FusedMultiplyAdd(first, first, even);
            odd = TLanes.FusedMultiplyAdd(second, second, odd);
            vector += 2 * TLanes.Count;
            target += 2 * TLanes.Count;
        }

        if (row < rows)
        {
            var last = TLanes.FusedMultiplyAdd(factor, TLanes.Load(vector), TLanes.Load(target));
            TLanes.Store(last, target);
            even = TLanes.FusedMultiplyAdd(last, last, even);
        }

        return even + odd;
    }
}
