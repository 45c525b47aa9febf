using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Products;

/// <summary>
/// A product P = M_L ... M_1 of any number of matrices, as Q diag(2^e) T: Q has orthonormal columns and T has rows near 1, so that nothing
/// overflows, vanishes or is drowned by larger numbers however far singular values are apart.
/// </summary>
/// <remarks>
/// M Q = Q' R is the next frame, and R diag(2^e) T the next graded factor. Rows of zeros are left out: the frame has no more columns
/// than a matrix has other rows, and what is not there has no logarithm.
/// </remarks>
internal sealed unsafe class LongProduct<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    // Rows of T that are in a wrong order by more than 2 to this power would cost as many digits.
    private const int Disorder = 20;
    private readonly int inputs;
    private readonly LaneArray<double> memory, packed, factors;
    private readonly RowQr<TLanes> qr;
    private readonly Rows triangle, graded;
    private readonly long[] exponents, diagonalExponents;
    private readonly double[] diagonal;
    private Rows frame, next;
    private int[] active;
    private int rank;
    private bool isFinite = true;

    /// <param name="inputs">Columns of the first matrix.</param>
    /// <param name="tallest">Rows of the matrix that has most.</param>
    public LongProduct(int inputs, int tallest)
    {
        this.inputs = inputs;
        var side = (Math.Max(inputs, tallest) + 3) / 4 * 4;
        var size = Rows.SizeOf(side, inputs);
        memory = new LaneArray<double>(4 * size);
        frame = new Rows(memory.Pointer, inputs);
        next = new Rows(memory.Pointer + size, inputs);
        triangle = new Rows(memory.Pointer + 2 * size, inputs);
        graded = new Rows(memory.Pointer + 3 * size, inputs);
        packed = new LaneArray<double>((side + 3L) * side);
        factors = new LaneArray<double>(side);
        qr = new RowQr<TLanes>(side, inputs);
        (exponents, diagonal, diagonalExponents) = (new long[inputs], new double[inputs], new long[inputs]);
        active = [];
        Begin();
    }

    /// <summary>Number of singular values that are not 0.</summary>
    public int Rank => isFinite ? rank : 0;

    /// <summary>The product of no matrices.</summary>
    public void Begin()
    {
        memory.Clear();
        (rank, isFinite, active) = (inputs, true, [.. Enumerable.Range(0, inputs)]);
        for (var row = 0; row < inputs; row++)
        {
            *frame.At(row, row) = *graded.At(row, row) = 1;
            (exponents[row], diagonal[row], diagonalExponents[row]) = (0, 1, 0);
        }
    }

    /// <summary>Multiplies by a matrix from the left.</summary>
    /// <param name="matrix">Its first number.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="row">From a row to the next.</param>
    /// <param name="column">From a column to the next.</param>
    public void Multiply(double* matrix, int rows, nint row, nint column)
    {
        Order();
        int[] kept = [.. Enumerable.Range(0, rows).Where(one => !IsZero(matrix + one * row, column))];
        if (!isFinite)
        {
            return;
        }

        var power = Pack(matrix, kept, row, column);
        RowKernel<TLanes>.Multiply(packed.Pointer, frame, triangle, (kept.Length + 3) / 4 * 4, active.Length);
        qr.Factor(triangle, kept.Length, rank);
        qr.Form(next, kept.Length, rank);
        (frame, next, active) = (next, frame, kept);
        Grade(power, Math.Min(kept.Length, rank));
    }

    /// <summary>
    /// ln |R_kk| of all factors together, whose mean a layer estimates the k-th Lyapunov exponent without bias; not a number beyond the
    /// rank.
    /// </summary>
    public double LogDiagonal(int place) =>
        place < Rank && diagonal[place] > 0 ? Logarithm.Of(diagonal[place], diagonalExponents[place]) : double.NaN;

    /// <summary>Hands the graded factor to who finds its singular values.</summary>
    public void Hand(GradedRows<TLanes> to) => to.Take(graded, exponents.AsSpan(0, Rank));

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        packed.Dispose();
        factors.Dispose();
        qr.Dispose();
    }

    /// <summary>Whether what a row of a matrix takes in is nothing.</summary>
    private bool IsZero(double* row, nint column)
    {
        var isZero = true;
        foreach (var place in active)
        {
            var number = row[place * column];
            isZero &= number == 0;
            isFinite &= double.IsFinite(number);
        }

        return isZero;
    }

    /// <summary>Copies rows and columns that count, scaled by a power of two, which it gives.</summary>
    private long Pack(double* matrix, int[] kept, nint row, nint column)
    {
        var into = packed.Pointer;
        var largest = 0.0;
        foreach (var one in kept)
        {
            foreach (var place in active)
            {
                *into = matrix[one * row + place * column];
                largest = Math.Max(largest, Math.Abs(*into));
                into++;
            }
        }

        var power = largest > 0 ? Binary.Split(largest).Exponent : 0;
        var numbers = new Span<double>(packed.Pointer, kept.Length * active.Length);
        // In two steps: the inverse of a very small number is none.
        double half = Binary.PowerOfTwo(-(power / 2)), other = Binary.PowerOfTwo(-(power - power / 2));
        foreach (ref var number in numbers)
        {
            number = number * half * other;
        }

        new Span<double>(packed.Pointer + numbers.Length, 3 * active.Length).Clear();
        return power;
    }

    /// <summary>T becomes R diag(2^e) T, row by row, each scaled by itself; rows that are zero go.</summary>
    private void Grade(long power, int height)
    {
        var left = 0;
        for (var row = 0; row < height; row++)
        {
            Note(row, power);
            var top = long.MinValue;
            for (var term = row; term < rank; term++)
            {
                var number = *triangle.At(row, term);
                top = number == 0 ? top : Math.Max(top, exponents[term] + Binary.Split(number).Exponent);
            }

            if (top == long.MinValue)
            {
                Drop(left, height);
                continue;
            }

            for (var term = row; term < rank; term++)
            {
                factors.Pointer[term - row] = *triangle.At(row, term) * Binary.PowerOfTwo(exponents[term] - top);
            }

            RowKernel<TLanes>.Combine(factors.Pointer, graded, row, rank - row, graded.At(left));
            var (_, more) = Binary.Split(RowKernel<TLanes>.Largest(graded.At(left), graded.Length));
            RowKernel<TLanes>.Scale(graded.At(left), Binary.PowerOfTwo(-more), graded.Length);
            exponents[left] = top + more + power;
            (diagonal[left], diagonalExponents[left]) = (diagonal[row], diagonalExponents[row]);
            left++;
        }

        rank = left;
    }

    private void Note(int row, long power)
    {
        diagonal[row] *= Math.Abs(*triangle.At(row, row));
        if (diagonal[row] > 0)
        {
            (diagonal[row], var more) = Binary.Split(diagonal[row]);
            diagonalExponents[row] += more + power;
        }
    }

    /// <summary>Takes a column out of the frame.</summary>
    private void Drop(int column, int columns)
    {
        for (var row = 0; row < active.Length; row++)
        {
            var numbers = new Span<double>(frame.At(row), columns);
            numbers[(column + 1)..].CopyTo(numbers[column..]);
            numbers[^1] = 0;
        }
    }

    /// <summary>Sorts the frame where a row of T is far longer than one before it.</summary>
    private void Order()
    {
        for (var place = 1; place < rank; place++)
        {
            for (var at = place; at > 0 && exponents[at] > exponents[at - 1] + Disorder; at--)
            {
                Swap(at, at - 1);
            }
        }
    }

    private void Swap(int a, int b)
    {
        (exponents[a], exponents[b]) = (exponents[b], exponents[a]);
        (diagonal[a], diagonal[b]) = (diagonal[b], diagonal[a]);
        (diagonalExponents[a], diagonalExponents[b]) = (diagonalExponents[b], diagonalExponents[a]);
        for (var row = 0; row < active.Length; row++)
        {
            (*frame.At(row, a), *frame.At(row, b)) = (*frame.At(row, b), *frame.At(row, a));
        }

        for (var column = 0; column < inputs; column++)
        {
            (*graded.At(a, column), *graded.At(b, column)) = (*graded.At(b, column), *graded.At(a, column));
        }
    }
}
