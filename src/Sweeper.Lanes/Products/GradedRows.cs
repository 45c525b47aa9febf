using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Products;

/// <summary>
/// Singular values and right vectors of a matrix whose rows are numbers times powers of two that may be any distance apart: one-sided
/// Jacobi on its rows, longer ones to the front.
/// </summary>
/// <remarks>
/// Of rows x and rho y with a small rho, y becomes y - (x . y / x . x) x, and x stays: neither needs rho, which may be too small for
/// a number (Demmel and Veselic 1992: such rows keep all digits of their small singular values).
/// </remarks>
internal sealed unsafe class GradedRows<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const int MaxSweeps = 40;
    private const double UnitRoundOff = 1.1102230246251565e-16;

    // A square that lost more than this of its digits is computed again.
    private const double Kept = 1e-3;
    private readonly int columns;
    private readonly LaneArray<double> memory;
    private readonly long[] exponents;
    private readonly double[] squares;
    private readonly int[] order;
    private int count;

    /// <param name="rows">At most so many.</param>
    /// <param name="columns">Columns.</param>
    public GradedRows(int rows, int columns)
    {
        this.columns = columns;
        memory = new LaneArray<double>(Rows.SizeOf(rows, columns));
        Matrix = new Rows(memory.Pointer, columns);
        exponents = new long[rows];
        squares = new double[rows];
        order = new int[rows];
    }

    /// <summary>The rows; then right singular vectors times <see cref="Length"/>, in the order of <see cref="Order"/>.</summary>
    public Rows Matrix { get; }

    /// <summary>Which row is of the largest singular value, of the next one, ...</summary>
    public ReadOnlySpan<int> Order => order.AsSpan(0, count);

    /// <summary>Sweeps of the last time; for those who measure.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Takes rows that are not zero.</summary>
    /// <param name="rows">Numbers.</param>
    /// <param name="powers">Powers of two by which they are to be multiplied.</param>
    public void Take(Rows rows, ReadOnlySpan<long> powers)
    {
        count = powers.Length;
        for (var row = 0; row < count; row++)
        {
            new ReadOnlySpan<double>(rows.At(row), rows.Length).CopyTo(new Span<double>(Matrix.At(row), rows.Length));
            (exponents[row], order[row]) = (powers[row], row);
        }
    }

    /// <summary>Rotates rows until they are orthogonal.</summary>
    public void Orthogonalise()
    {
        var isTurned = true;
        for (Sweeps = 0; Sweeps < MaxSweeps && isTurned; Sweeps++)
        {
            Sort();
            isTurned = false;
            for (var first = 0; first < count; first++)
            {
                for (var second = first + 1; second < count; second++)
                {
                    isTurned |= Meet(order[first], order[second]);
                }
            }
        }

        Sort();
    }

    /// <summary>ln of a singular value by its place.</summary>
    public double LogValue(int place) => 0.5 * Logarithm.Of(squares[order[place]], 2 * exponents[order[place]]);

    /// <summary>Length of a row as it stands.</summary>
    public double Length(int place) => Math.Sqrt(squares[order[place]]);

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    /// <summary>Brings numbers near 1 and the longest row to the front.</summary>
    private void Sort()
    {
        for (var row = 0; row < count; row++)
        {
            var (_, power) = Binary.Split(RowKernel<TLanes>.Largest(Matrix.At(row), Matrix.Length));
            RowKernel<TLanes>.Scale(Matrix.At(row), Binary.PowerOfTwo(-power), Matrix.Length);
            exponents[row] += power;
            squares[row] = Square(row);
        }

        order.AsSpan(0, count).Sort((a, b) => Compare(b, a) is not 0 and var byLength ? byLength : a.CompareTo(b));
    }

    private int Compare(int a, int b)
    {
        // Squares are between 1/4 and the number of columns.
        var apart = 2 * (exponents[a] - exponents[b]);
        return Math.Abs(apart) > 64 ? apart.CompareTo(0) : squares[a].CompareTo(squares[b] * Binary.PowerOfTwo(-apart));
    }

    /// <summary>Makes two rows orthogonal where they are not.</summary>
    private bool Meet(int x, int y)
    {
        var product = RowKernel<TLanes>.Dot(Matrix.At(x), Matrix.At(y), Matrix.Length);
        if (product * product <= 4 * columns * UnitRoundOff * UnitRoundOff * squares[x] * squares[y])
        {
            return false;
        }

        if (Compare(x, y) < 0)
        {
            (x, y) = (y, x);
        }

        // With x' = x and y' = rho y, the tangent of the angle is rho times this.
        var rho = Binary.PowerOfTwo(exponents[y] - exponents[x]);
        var difference = squares[x] - rho * rho * squares[y];
        var root = Math.Sqrt(Math.FusedMultiplyAdd(difference, difference, 4 * (rho * product) * (rho * product)));
        var tangent = -2 * product / (difference + root);
        var across = tangent * rho * rho;
        var cosine = 1 / Math.Sqrt(Math.FusedMultiplyAdd(tangent, across, 1));
        RowKernel<TLanes>.Turn(Matrix.At(x), Matrix.At(y), cosine, -cosine * across, cosine * tangent, Matrix.Length);
        var rest = Math.FusedMultiplyAdd(tangent, product, squares[y]);
        squares[x] = Math.FusedMultiplyAdd(-across, product, squares[x]);
        squares[y] = rest > Kept * squares[y] ? rest : Square(y);
        return true;
    }

    private double Square(int row) => RowKernel<TLanes>.Dot(Matrix.At(row), Matrix.At(row), Matrix.Length);
}
