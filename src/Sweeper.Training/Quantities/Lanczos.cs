using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Largest eigenvalues of many symmetric matrices that are known by their products with vectors: Lanczos' method, whose vectors are made
/// orthogonal to all before them, twice.
/// </summary>
/// <remarks>
/// A lane's value is fixed at the first step at which its own residual is small, whatever its neighbours need: |H x - theta x| of the Ritz
/// vector x is the last off-diagonal number times x's last coordinate. The error of an eigenvalue is of the order of the residual's square,
/// so that a step more or less, on another machine, changes digits far beyond the tolerance.
/// </remarks>
internal static class Lanczos
{
    /// <summary>Largest residual, as a share of the largest modulus of the matrix's eigenvalues.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>Steps after which a value is taken as it is: matrices whose eigenvalues crowd at the edge need many.</summary>
    public const int MostSteps = 300;

    /// <summary>Largest eigenvalues [K], float64; NaN where a product is not finite.</summary>
    /// <param name="product">Vectors [K, n] to products [K, n], float64.</param>
    /// <param name="lanes">K.</param>
    /// <param name="size">n.</param>
    /// <param name="device">Of the vectors.</param>
    public static Tensor Largest(Func<Tensor, Tensor> product, long lanes, long size, Device device)
    {
        var tridiagonal = new Tridiagonal((int)lanes);
        var vector = Start(size).to(device).expand(lanes, -1).contiguous();
        var basis = new List<Tensor>();
        while (true)
        {
            basis.Add(vector);
            var all = stack(basis, 1);
            var next = product(vector);
            var diagonal = (vector * next).sum(1);
            next = Without(all, Without(all, next));
            var length = SquareRoot.Of(next.square().sum(1));
            tridiagonal.Add(HostNumbers.Of(diagonal), HostNumbers.Of(length));
            tridiagonal.Judge(Tolerance, isLast: basis.Count == Math.Min(size, MostSteps));
            if (tridiagonal.IsDone)
            {
                return tensor(tridiagonal.Largest, device: device);
            }

            // Vectors of lanes that are done are zero: nothing of them can become large.
            var factors = HostNumbers.Of(length).Select((number, lane) => tridiagonal.IsLaneDone(lane) ? 0 : 1 / number);
            vector = where(tensor([.. factors], device: device).view(-1, 1).eq(0), zeros_like(next), next / length.view(-1, 1));
        }
    }

    /// <summary>A fixed random direction [1, n], the same for all lanes: of a stream that nothing else reads.</summary>
    private static Tensor Start(long size)
    {
        var values = tensor(new CounterRandom(0, 0).NextGaussian((int)size)).view(1, -1);
        return values / SquareRoot.Of(values.square().sum());
    }

    /// <summary>Vectors [K, n] less their parts along orthonormal ones [K, m, n].</summary>
    private static Tensor Without(Tensor basis, Tensor vectors) =>
        vectors - basis.mT.bmm(basis.bmm(vectors.unsqueeze(2))).squeeze(2);

    /// <summary>The tridiagonal matrices of all lanes, and what is known of their largest eigenvalues.</summary>
    private sealed class Tridiagonal(int lanes)
    {
        private readonly List<double[]> diagonals = [], neighbours = [];
        private readonly bool[] isDone = new bool[lanes];

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
            }

            diagonals.Add(diagonal);
            neighbours.Add(neighbour);
        }

        public void Judge(double tolerance, bool isLast)
        {
            var size = diagonals.Count;
            var numbers = new double[lanes * size * size];
            for (var lane = 0; lane < lanes; lane++)
            {
                for (var place = 0; place < size; place++)
                {
                    var at = (lane * size + place) * size + place;
                    numbers[at] = diagonals[place][lane];
                    if (place + 1 < size)
                    {
                        numbers[at + 1] = numbers[at + size] = neighbours[place][lane];
                    }
                }
            }

            var (values, vectors) = linalg.eigh(tensor(numbers, [lanes, size, size]));
            var (theta, coordinates) = (HostNumbers.Of(values), HostNumbers.Of(vectors.select(1, size - 1)));
            for (var lane = 0; lane < lanes; lane++)
            {
                int first = lane * size, last = first + size - 1;
                var scale = Math.Max(Math.Abs(theta[first]), Math.Abs(theta[last]));
                if (!isDone[lane] && (isLast || neighbours[^1][lane] * Math.Abs(coordinates[last]) <= tolerance * scale))
                {
                    (isDone[lane], Largest[lane]) = (true, theta[last]);
                }
            }
        }
    }
}
