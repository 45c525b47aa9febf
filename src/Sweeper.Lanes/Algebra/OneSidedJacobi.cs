using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Rotates the columns of X until they are orthogonal: X V = U S. What is under X is rotated along: the identity becomes V.
/// </summary>
/// <remarks>
/// One-sided Jacobi (Hestenes 1958), longer columns to the front (de Rijk 1989). A lane is done when a sweep left nothing to do, or when
/// what its rotations carried from one pair into others is too small to see; from then on it is not touched.
/// </remarks>
internal sealed unsafe class OneSidedJacobi<TLanes> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const int MaxSweeps = 30;
    private const double UnitRoundOff = 1.1102230246251565e-16;
    private readonly int rows, columns, under;
    private readonly ImmutableArray<(int First, int Second)[]> rounds;
    private readonly LaneArray<double> memory, numbers;
    private readonly double* norms, turns;
    private readonly bool[] isTurned;

    /// <param name="rows">Rows of X.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="under">Rows that are rotated along.</param>
    public OneSidedJacobi(int rows, int columns, int under)
    {
        (this.rows, this.columns, this.under) = (rows, columns, under);
        rounds = [.. RoundRobin.Of(columns).Select(round => round.ToArray())];
        memory = new LaneArray<double>(Columns<TLanes>.SizeOf(rows + under, columns) * TLanes.Count);
        Matrix = new Columns<TLanes>(memory.Pointer, rows + under);
        numbers = new LaneArray<double>(2L * columns * TLanes.Count);
        norms = numbers.Pointer;
        turns = norms + columns * TLanes.Count;
        isTurned = new bool[columns / 2];
    }

    /// <summary>X, and what is under it; then U S, the longest column first.</summary>
    public Columns<TLanes> Matrix { get; }

    /// <summary>Sweeps of the last time; for those who measure.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Rotates until all lanes are done.</summary>
    public void Orthogonalise()
    {
        var tolerance = 4 * rows * UnitRoundOff * UnitRoundOff;
        var carried = tolerance / ((double)columns * columns);
        var active = TLanes.Greater(TLanes.All(1), default);
        for (Sweeps = 0; Sweeps < MaxSweeps && TLanes.Any(active); Sweeps++)
        {
            active = TLanes.Both(active, TLanes.Greater(Sweep(TLanes.All(tolerance), active), TLanes.All(carried)));
        }

        Sort();
    }

    /// <summary>Squares of the singular values, descending.</summary>
    public TLanes SquareOf(int column) => TLanes.Load(norms + column * TLanes.Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        numbers.Dispose();
    }

    /// <summary>Meets every pair once; gives the square of the largest slant that may be left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Sweep(TLanes tolerance, TLanes active)
    {
        Sort();
        TLanes slant = default, reach = default;
        foreach (var round in rounds)
        {
            for (var pair = 0; pair < round.Length; pair++)
            {
                var (first, second) = round[pair];
                double* x = norms + first * TLanes.Count, y = norms + second * TLanes.Count;
                var product = Columns<TLanes>.Dot(Matrix.At(first), Matrix.At(second), rows);
                isTurned[pair] = Rotation<TLanes>.Find(TLanes.Load(x), TLanes.Load(y), product, tolerance, active, out var rotation);
                if (isTurned[pair])
                {
                    TLanes.Store(rotation.First, x);
                    TLanes.Store(rotation.Second, y);
                    TLanes.Store(rotation.Cosine, turns + 2 * pair * TLanes.Count);
                    TLanes.Store(rotation.Sine, turns + (2 * pair + 1) * TLanes.Count);
                    slant = TLanes.Max(slant, rotation.Slant);
                    reach = TLanes.Max(reach, rotation.Reach);
                }
            }

            for (var pair = 0; pair < round.Length; pair++)
            {
                if (isTurned[pair])
                {
                    var (first, second) = round[pair];
                    var turn = turns + 2 * pair * TLanes.Count;
                    Rotate(Matrix.At(first), Matrix.At(second), rows + under, TLanes.Load(turn), TLanes.Load(turn + TLanes.Count));
                }
            }
        }

        return slant * reach;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate(double* x, double* y, int rows, TLanes cosine, TLanes sine)
    {
        var minus = -sine;
        var row = 0;
        for (; row + 3 < rows; row += 4)
        {
            Rotate(x, y, cosine, sine, minus);
            Rotate(x + TLanes.Count, y + TLanes.Count, cosine, sine, minus);
            Rotate(x + 2 * TLanes.Count, y + 2 * TLanes.Count, cosine, sine, minus);
            Rotate(x + 3 * TLanes.Count, y + 3 * TLanes.Count, cosine, sine, minus);
            x += 4 * TLanes.Count;
            y += 4 * TLanes.Count;
        }

        for (; row < rows; row++)
        {
            Rotate(x, y, cosine, sine, minus);
            x += TLanes.Count;
            y += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate(double* x, double* y, TLanes cosine, TLanes sine, TLanes minus)
    {
        TLanes a = TLanes.Load(x), b = TLanes.Load(y);
        TLanes.Store(TLanes.FusedMultiplyAdd(sine, b, cosine * a), x);
        TLanes.Store(TLanes.FusedMultiplyAdd(minus, a, cosine * b), y);
    }

    /// <summary>Measures the columns and sorts them by length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort()
    {
        TLanes isDisordered = default, before = TLanes.All(double.MaxValue);
        for (var column = 0; column < columns; column++)
        {
            var norm = Columns<TLanes>.Dot(Matrix.At(column), Matrix.At(column), rows);
            TLanes.Store(norm, norms + column * TLanes.Count);
            isDisordered = TLanes.Select(TLanes.Greater(norm, before), TLanes.Greater(norm, before), isDisordered);
            before = norm;
        }

        for (var first = 0; first < (TLanes.Any(isDisordered) ? columns : 0); first++)
        {
            for (var second = first + 1; second < columns; second++)
            {
                double* x = norms + first * TLanes.Count, y = norms + second * TLanes.Count;
                var mask = TLanes.Greater(TLanes.Load(y), TLanes.Load(x));
                if (TLanes.Any(mask))
                {
                    Columns<TLanes>.Swap(x, y, mask);
                    Columns<TLanes>.Swap(Matrix.At(first), Matrix.At(second), rows + under, mask);
                }
            }
        }
    }
}
