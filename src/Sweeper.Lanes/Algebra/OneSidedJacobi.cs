using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Rotates the columns of X until they are orthogonal: X V = U S. What is under X may be rotated along: the identity becomes V.
/// </summary>
/// <remarks>
/// One-sided Jacobi (Hestenes 1958), longer columns to the front (de Rijk 1989). A lane is done when a sweep left nothing to do, or when
/// what its rotations carried from one pair into others is too small to see; from then on it is not touched. A rotation carries as much of
/// other columns' slants (cosines of angles) into the shorter column as it takes of the longer one, in units of their lengths; that is
/// never less than the slant which it removes.
/// </remarks>
internal sealed unsafe class OneSidedJacobi<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const int MaxSweeps = 30;
    private const double UnitRoundOff = 1.1102230246251565e-16;

    // Squares of lengths of numbers are brought between the inverse of this and this before a sweep.
    private const double Long = 2;
    private readonly int rows, columns, under;
    private readonly (int First, int Second)[][] rounds;
    private readonly LaneArray<double> memory, numbers;
    private readonly double* turns;
    private readonly bool[] isTurned;
    private readonly int pairs;

    /// <param name="rows">Rows of X.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="under">Rows that may be rotated along.</param>
    public OneSidedJacobi(int rows, int columns, int under)
    {
        (this.rows, this.columns, this.under) = (rows, columns, under);
        // Where columns are odd, one of zeros is the last.
        pairs = (columns + 1) / 2;
        rounds = [.. RoundRobin.Of(pairs).Select(round => round.ToArray())];
        memory = new LaneArray<double>(Columns<TLanes>.SizeOf(rows + under, 2 * pairs) * TLanes.Count);
        Matrix = new Columns<TLanes>(memory.Pointer, rows + under);
        var measures = 2 * pairs * ColumnMeasures<TLanes>.Size;
        numbers = new LaneArray<double>((measures + (pairs + 1L) / 2 * FourColumns<TLanes>.Size) * TLanes.Count);
        turns = numbers.Pointer + measures * TLanes.Count;
        isTurned = new bool[pairs];
    }

    /// <summary>
    /// X, and what is under it; then both as rotated, the longest column first, each to be multiplied by the root of its scale.
    /// </summary>
    public Columns<TLanes> Matrix { get; }

    /// <summary>Sweeps of the last time; for those who measure.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Rotates until all lanes are done.</summary>
    /// <param name="isAlong">Whether what is under X is rotated along.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Orthogonalise(bool isAlong)
    {
        var height = rows + (isAlong ? under : 0);
        var tolerance = 4 * rows * UnitRoundOff * UnitRoundOff;
        // Lengths are as they should be to within a factor of 2, and the product of two slants counts.
        var carried = Math.Sqrt(tolerance) / columns / 4;
        var active = TLanes.Greater(TLanes.All(1), default);
        for (var column = 0; column < 2 * pairs; column++)
        {
            Measures(column).Begin();
        }

        for (Sweeps = 0; Sweeps < MaxSweeps && TLanes.Any(active); Sweeps++)
        {
            var least = TLanes.Select(active, TLanes.All(tolerance), TLanes.All(double.PositiveInfinity));
            active = TLanes.Both(active, TLanes.Greater(Sweep(height, least), TLanes.All(carried)));
        }

        Sort(height);
    }

    /// <summary>What is known of a column: its length, and what it is to be multiplied by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ColumnMeasures<TLanes> Measures(int column) =>
        new(numbers.Pointer + column * ColumnMeasures<TLanes>.Size * TLanes.Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        numbers.Dispose();
    }

    /// <summary>Meets every pair once; gives the square of the largest part of a column that went into another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Sweep(int height, TLanes tolerance)
    {
        Sort(height);
        TLanes reach = default;
        for (var pair = 0; pair < pairs; pair++)
        {
            var product = Columns<TLanes>.Dot(Matrix.At(2 * pair), Matrix.At(2 * pair + 1), rows);
            isTurned[pair] = Find(2 * pair, 2 * pair + 1, product, tolerance, turns + 2 * pair * TLanes.Count, ref reach);
        }

        for (var pair = 0; pair < pairs; pair++)
        {
            if (isTurned[pair])
            {
                Turn(Matrix.At(2 * pair), Matrix.At(2 * pair + 1), height, turns + 2 * pair * TLanes.Count);
            }
        }

        foreach (var round in rounds)
        {
            MeetFirst(round, tolerance, ref reach);
            MeetSecond(round, tolerance, ref reach);
            Turn(round, height);
        }

        return reach;
    }

    // Three methods: what is in one is more than the JIT puts together.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MeetFirst((int First, int Second)[] round, TLanes tolerance, ref TLanes reach)
    {
        var most = reach;
        var matrix = Matrix;
        for (var place = 0; place < round.Length; place++)
        {
            var (a, c) = (2 * round[place].First, 2 * round[place].Second);
            var turn = turns + place * FourColumns<TLanes>.Size * TLanes.Count;
            FourColumns<TLanes>.Multiply(matrix.At(a), matrix.At(a + 1), matrix.At(c), matrix.At(c + 1), rows, turn);
            var isFirst = Find(a, c, FourColumns<TLanes>.FirstProduct(turn), tolerance, turn, ref most);
            var isSecond = Find(a + 1, c + 1, FourColumns<TLanes>.SecondProduct(turn), tolerance, turn + 2 * TLanes.Count, ref most);
            isTurned[place] = isFirst | isSecond;
        }

        reach = most;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MeetSecond((int First, int Second)[] round, TLanes tolerance, ref TLanes reach)
    {
        var most = reach;
        for (var place = 0; place < round.Length; place++)
        {
            var (a, c) = (2 * round[place].First, 2 * round[place].Second);
            var turn = turns + place * FourColumns<TLanes>.Size * TLanes.Count;
            var isThird = Find(a, c + 1, FourColumns<TLanes>.ThirdProduct(turn), tolerance, turn + 4 * TLanes.Count, ref most);
            var isFourth = Find(a + 1, c, FourColumns<TLanes>.FourthProduct(turn), tolerance, turn + 6 * TLanes.Count, ref most);
            isTurned[place] |= isThird | isFourth;
        }

        reach = most;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn((int First, int Second)[] round, int height)
    {
        var matrix = Matrix;
        for (var place = 0; place < round.Length; place++)
        {
            if (isTurned[place])
            {
                var (a, c) = (2 * round[place].First, 2 * round[place].Second);
                var turn = turns + place * FourColumns<TLanes>.Size * TLanes.Count;
                FourColumns<TLanes>.Turn(matrix.At(a), matrix.At(a + 1), matrix.At(c), matrix.At(c + 1), height, turn);
            }
        }
    }

    /// <summary>Finds the rotation of two columns and writes its coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Find(int first, int second, TLanes product, TLanes tolerance, double* into, ref TLanes reach)
    {
        var isTurned = Rotation<TLanes>.Find(Measures(first), Measures(second), product, tolerance, out var rotation);
        TLanes.Store(rotation.Left, into);
        TLanes.Store(rotation.Right, into + TLanes.Count);
        reach = TLanes.Max(reach, rotation.Right * rotation.Right);
        return isTurned;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(double* x, double* y, int rows, double* turn)
    {
        TLanes left = TLanes.Load(turn), right = TLanes.Load(turn + TLanes.Count);
        for (var row = 0; row < rows; row++)
        {
            TLanes a = TLanes.Load(x), b = TLanes.Load(y);
            TLanes.Store(TLanes.FusedMultiplyAdd(left, b, a), x);
            TLanes.Store(TLanes.FusedMultiplyAdd(right, a, b), y);
            x += TLanes.Count;
            y += TLanes.Count;
        }
    }

    /// <summary>Measures the columns and sorts them by length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(int height)
    {
        Measure(height);
        TLanes isDisordered = default, before = TLanes.All(double.MaxValue);
        for (var column = 0; column < 2 * pairs; column++)
        {
            var length = Measures(column).Length;
            var isLonger = TLanes.Greater(length, before);
            isDisordered = TLanes.Select(isLonger, isLonger, isDisordered);
            before = length;
        }

        for (var first = 0; first < (TLanes.Any(isDisordered) ? 2 * pairs : 0); first++)
        {
            for (var second = first + 1; second < 2 * pairs; second++)
            {
                var mask = TLanes.Greater(Measures(second).Length, Measures(first).Length);
                if (TLanes.Any(mask))
                {
                    ColumnMeasures<TLanes>.Swap(Measures(first), Measures(second), mask);
                    Columns<TLanes>.Swap(Matrix.At(first), Matrix.At(second), height, mask);
                }
            }
        }
    }

    /// <summary>
    /// Measures the columns, and brings those whose numbers are far from 1 near it: products neither overflow nor vanish then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int height)
    {
        TLanes isAnyFar = default;
        for (var column = 0; column < 2 * pairs; column++)
        {
            var square = Columns<TLanes>.Dot(Matrix.At(column), Matrix.At(column), rows);
            Measures(column).Measure(square);
            var isFar = IsFar(square);
            isAnyFar = TLanes.Select(isFar, isFar, isAnyFar);
        }

        for (var column = 0; column < (TLanes.Any(isAnyFar) ? 2 * pairs : 0); column++)
        {
            var square = Measures(column).Square;
            var factor = TLanes.Select(IsFar(square), TLanes.InverseSqrtEstimate(square), TLanes.All(1));
            var place = Matrix.At(column);
            for (var row = 0; row < height; row++)
            {
                TLanes.Store(TLanes.Load(place) * factor, place);
                place += TLanes.Count;
            }

            Measures(column).Rescale(factor * factor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes IsFar(TLanes square)
    {
        var isLong = TLanes.Greater(square, TLanes.All(Long));
        return TLanes.Select(isLong, isLong, TLanes.Both(TLanes.Greater(square, default), TLanes.Greater(TLanes.All(1 / Long), square)));
    }
}
