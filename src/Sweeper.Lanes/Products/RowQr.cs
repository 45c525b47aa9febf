using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Products;

/// <summary>Z = Q R of one matrix by Householder's reflections, in the order of its columns, which lie across registers.</summary>
internal sealed unsafe class RowQr<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private readonly int rows;
    private readonly LaneArray<double> reflectors, along, scales;

    /// <param name="rows">At most so many.</param>
    /// <param name="columns">At most so many.</param>
    public RowQr(int rows, int columns)
    {
        this.rows = rows;
        var steps = Math.Min(rows, columns);
        reflectors = new LaneArray<double>((long)rows * steps);
        along = new LaneArray<double>(Rows.SizeOf(1, columns));
        scales = new LaneArray<double>(steps);
    }

    /// <summary>Z becomes R, with zeros under its diagonal.</summary>
    public void Factor(Rows matrix, int height, int width)
    {
        for (var step = 0; step < Math.Min(height, width); step++)
        {
            var vector = reflectors.Pointer + (nint)step * rows;
            for (var row = step; row < height; row++)
            {
                vector[row] = *matrix.At(row, step);
                *matrix.At(row, step) = 0;
            }

            *matrix.At(step, step) = Reflector(vector, step, height);
            Apply(step, matrix, height, step + 1);
        }
    }

    /// <summary>Writes Q, with as many columns as Z has, or rows where these are fewer.</summary>
    public void Form(Rows target, int height, int width)
    {
        var steps = Math.Min(height, width);
        for (var row = 0; row < height; row++)
        {
            new Span<double>(target.At(row), target.Length).Clear();
            if (row < steps)
            {
                *target.At(row, row) = 1;
            }
        }

        for (var step = steps - 1; step >= 0; step--)
        {
            Apply(step, target, height, step);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reflectors.Dispose();
        along.Dispose();
        scales.Dispose();
    }

    /// <summary>Makes a column the vector v of I - scale v v^T, which brings it to its first number; gives that.</summary>
    private double Reflector(double* vector, int step, int height)
    {
        // Numbers near 1: their squares neither overflow nor vanish.
        double even = 0, odd = 0;
        for (var row = step; row < height; row++)
        {
            (even, odd) = (odd, Math.FusedMultiplyAdd(vector[row], vector[row], even));
        }

        var norm = Math.Sqrt(even + odd);
        var first = vector[step];
        scales.Pointer[step] = norm > 0 ? 1 / (norm * (norm + Math.Abs(first))) : 0;
        vector[step] = first < 0 ? first - norm : first + norm;
        return first < 0 ? norm : -norm;
    }

    /// <summary>Applies a reflection to the rows from its own on, of columns from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(int step, Rows matrix, int height, int column)
    {
        var vector = reflectors.Pointer + (nint)step * rows;
        var scale = TLanes.All(-scales.Pointer[step]);
        var sums = along.Pointer;
        for (var place = column / Rows.Block * Rows.Block; place < matrix.Length; place += 4 * TLanes.Count)
        {
            TLanes a = default, b = default, c = default, d = default;
            for (var row = step; row < height; row++)
            {
                var factor = TLanes.All(vector[row]);
                var source = matrix.At(row, place);
                a = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source), a);
                b = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source + TLanes.Count), b);
                c = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source + 2 * TLanes.Count), c);
                d = TLanes.FusedMultiplyAdd(factor, TLanes.Load(source + 3 * TLanes.Count), d);
            }

            TLanes.Store(a * scale, sums + place);
            TLanes.Store(b * scale, sums + place + TLanes.Count);
            TLanes.Store(c * scale, sums + place + 2 * TLanes.Count);
            TLanes.Store(d * scale, sums + place + 3 * TLanes.Count);

            // What stands before the column stays as it is.
            for (var before = place; before < Math.Min(column, place + 4 * TLanes.Count); before++)
            {
                sums[before] = 0;
            }

            a = TLanes.Load(sums + place);
            b = TLanes.Load(sums + place + TLanes.Count);
            c = TLanes.Load(sums + place + 2 * TLanes.Count);
            d = TLanes.Load(sums + place + 3 * TLanes.Count);
            for (var row = step; row < height; row++)
            {
                var factor = TLanes.All(vector[row]);
                var target = matrix.At(row, place);
                TLanes.Store(TLanes.FusedMultiplyAdd(factor, a, TLanes.Load(target)), target);
                TLanes.Store(TLanes.FusedMultiplyAdd(factor, b, TLanes.Load(target + TLanes.Count)), target + TLanes.Count);
                TLanes.Store(TLanes.FusedMultiplyAdd(factor, c, TLanes.Load(target + 2 * TLanes.Count)), target + 2 * TLanes.Count);
                TLanes.Store(TLanes.FusedMultiplyAdd(factor, d, TLanes.Load(target + 3 * TLanes.Count)), target + 3 * TLanes.Count);
            }
        }
    }
}
