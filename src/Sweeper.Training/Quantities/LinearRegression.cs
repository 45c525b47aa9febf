using Sweeper.Training.Data;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Minima of the mean squared error (1/n) |y - X w|^2 of deep linear networks w = W_L ... W_1 with one output, and how sharp they are
/// (Marion and Chizat 2024). Sigma = X^T X / n.
/// </summary>
/// <param name="Inputs">X, [K, n, d].</param>
/// <param name="Solution">w*, the shortest least-squares solution, [K, d].</param>
internal sealed record LinearRegression(Tensor Inputs, Tensor Solution)
{
    /// <summary>Of inputs [K, n, d] and targets [K, n, 1].</summary>
    public static LinearRegression Of(Tensor inputs, Tensor targets)
    {
        var exact = inputs.to(ScalarType.Float64);
        return new(exact, linalg.pinv(exact).bmm(targets.to(ScalarType.Float64)).squeeze(2));
    }

    /// <summary>|w*|, [K].</summary>
    public Tensor Norm => SquareRoot.Of(Solution.square().sum(1));

    /// <summary>Curvature of the data along the solution, a = w*^T Sigma w* / |w*|^2, [K].</summary>
    public Tensor Curvature => Inputs.bmm(Solution.unsqueeze(2)).square().mean([1L, 2L]) / Solution.square().sum(1);

    /// <summary>Sigma, [K, d, d].</summary>
    public Tensor Covariance => Inputs.mT.bmm(Inputs) / Inputs.shape[1];

    /// <summary>
    /// No minimum is less sharp: 2 L a |w*|^(2 - 2/L), [K]. (At a minimum the Hessian is 2 J^T Sigma J; try the direction A_l^T A_(l-1) /
    /// |A_l|^2 in every layer, with w = A_l W_l B_l, and compare arithmetic and geometric means.)
    /// </summary>
    public Tensor LowerBound(int depth) => 2 * depth * Curvature * Power(depth);

    /// <summary>
    /// Sharpness of the balanced minimum of rank one, in which small networks end: 2 |w*|^(2 - 2/L) times the largest eigenvalue of
    /// Sigma + (L - 1) z z^T, z = Sigma^(1/2) w* / |w*|, [K].
    /// </summary>
    public Tensor Balanced(int depth)
    {
        var (values, vectors) = linalg.eigh(Covariance);
        var root = (vectors * SquareRoot.Of(values.clamp(min: 0)).unsqueeze(1)).bmm(vectors.mT);
        var direction = root.bmm((Solution / Norm.unsqueeze(1)).unsqueeze(2));
        var (all, _) = linalg.eigh(Covariance + (depth - 1) * direction.bmm(direction.mT));
        return 2 * Power(depth) * all.select(1, -1);
    }

    private Tensor Power(int depth) =>
        tensor(Array.ConvertAll(HostNumbers.Of(Norm), norm => Math.Pow(norm, 2 - 2.0 / depth)), device: Solution.device);
}

/// <summary>The solution for the training data, [K, d].</summary>
internal sealed record LeastSquares : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var data = snapshot.Program.Splits[0];
        return LinearRegression.Of(data.Inputs, data.Targets).Solution;
    }
}
