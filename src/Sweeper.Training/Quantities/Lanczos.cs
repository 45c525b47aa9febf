using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Largest eigenvalues of many symmetric matrices that are known by their products with vectors: Lanczos' method of three terms, which
/// keeps two vectors a lane.
/// </summary>
/// <remarks>
/// Vectors are not made orthogonal to those long before them: what is lost by that are copies of eigenvalues that have been found, and the
/// largest one is found as exactly (Paige 1980). A lane's value is fixed at the first step asked at which its own residual is small,
/// whatever its neighbours need: |H x - theta x| of the Ritz vector x is the last off-diagonal number times x's last coordinate. The error
/// of an eigenvalue is of the order of the residual's square, so that a step more or less, on another machine, changes digits far beyond
/// the tolerance.
/// </remarks>
internal static class Lanczos
{
    /// <summary>Largest residual, as a share of the largest modulus of the matrix's eigenvalues.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>Steps after which a value is taken as it is: matrices whose eigenvalues crowd at the edge need many.</summary>
    public const int MostSteps = 1000;

    /// <summary>Largest eigenvalues [K], float64; NaN where a product is not finite.</summary>
    /// <param name="product">Vectors [K, n] to products [K, n], float64.</param>
    /// <param name="lanes">K.</param>
    /// <param name="size">n.</param>
    /// <param name="device">Of the vectors.</param>
    public static Tensor Largest(Func<Tensor, Tensor> product, long lanes, long size, Device device)
    {
        var tridiagonal = new Tridiagonal((int)lanes);
        var vector = Start(size).to(device).expand(lanes, -1).contiguous();
        var (before, length) = (zeros_like(vector), zeros([lanes], ScalarType.Float64, device));
        while (true)
        {
            using var step = NewDisposeScope();
            var next = product(vector) - length.view(-1, 1) * before;
            var diagonal = (vector * next).sum(1);
            next = next - diagonal.view(-1, 1) * vector;
            var after = SquareRoot.Of(next.square().sum(1));
            tridiagonal.Add(HostNumbers.Of(diagonal), HostNumbers.Of(after));
            if (tridiagonal.IsDone)
            {
                return tensor(tridiagonal.Largest, device: device).MoveToOuterDisposeScope();
            }

            // Vectors of lanes that are done are zero: nothing of them can become large.
            var factors = HostNumbers.Of(after).Select((number, lane) => tridiagonal.IsLaneDone(lane) ? 0 : 1 / number);
            next = where(tensor([.. factors], device: device).view(-1, 1).eq(0), zeros_like(next), next / after.view(-1, 1));
            before.Dispose();
            length.Dispose();
            (before, vector, length) = (vector, next.MoveToOuterDisposeScope(), after.MoveToOuterDisposeScope());
        }
    }

    /// <summary>A fixed random direction [1, n], the same for all lanes: of a stream that nothing else reads.</summary>
    private static Tensor Start(long size)
    {
        var values = tensor(new CounterRandom(0, 0).NextGaussian((int)size)).view(1, -1);
        return values / SquareRoot.Of(values.square().sum());
    }

    /// <summary>The tridiagonal matrices of all lanes, and what is known of their largest eigenvalues.</summary>
    private sealed class Tridiagonal(int lanes)
    {
        private readonly List<double[]> diagonals = [], neighbours = [];
        private readonly bool[] isDone = new bool[lanes];
        private readonly double[] sizes = new double[lanes];
        private int due = 1;

        public double[] Largest { get; } = new double[lanes];

        public bool IsDone => Array.TrueForAll(isDone, done => done);

        public bool IsLaneDone(int lane) => isDone[lane];

        public void Add(double[] diagonal, double[] neighbour)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                if (!isDone[lane] && !(double.IsFinite(diagonal[lane]) && double.IsFinite(neighbour[lane])))
                {
                    (isDone[lane], Largest[lane]) = (true, double.NaN);
                }

                if (isDone[lane])
                {
                    (diagonal[lane], neighbour[lane]) = (0, 0);
                }

                sizes[lane] = Math.Max(sizes[lane], Math.Max(Math.Abs(diagonal[lane]), diagonals.Count == 0 ? 0 : neighbours[^1][lane]));
            }

            diagonals.Add(diagonal);
            neighbours.Add(neighbour);
            // Once in a while, since eigenvalues cost more than a step; but nothing follows a vector that the matrix does not lead out of.
            var isDue = diagonals.Count == due;
            if (isDue)
            {
                due = Math.Min(MostSteps, due + 1 + due / 8);
            }

            int[] asked = [.. Enumerable.Range(0, lanes).Where(lane => !isDone[lane] && (isDue || IsClosed(lane)))];
            if (asked.Length > 0)
            {
                Judge(asked);
            }
        }

        private bool IsClosed(int lane) => neighbours[^1][lane] <= Tolerance * sizes[lane];

        /// <summary>Fixes the values of those of some lanes whose residual is small.</summary>
        private void Judge(int[] asked)
        {
            var size = diagonals.Count;
            var numbers = new double[asked.Length * size * size];
            for (var row = 0; row < asked.Length * size; row++)
            {
                var (lane, place) = (asked[row / size], row % size);
                var at = row * size + place;
                numbers[at] = diagonals[place][lane];
                if (place + 1 < size)
                {
                    numbers[at + 1] = numbers[at + size] = neighbours[place][lane];
                }
            }

            var (values, vectors) = linalg.eigh(tensor(numbers, [asked.Length, size, size]));
            var (theta, coordinates) = (HostNumbers.Of(values), HostNumbers.Of(vectors.select(1, size - 1)));
            for (var place = 0; place < asked.Length; place++)
            {
                int lane = asked[place], first = place * size, last = first + size - 1;
                var scale = Math.Max(Math.Abs(theta[first]), Math.Abs(theta[last]));
                if (size == MostSteps || neighbours[^1][lane] * Math.Abs(coordinates[last]) <= Tolerance * scale)
                {
                    (isDone[lane], Largest[lane]) = (true, theta[last]);
                }
            }
        }
    }
}
