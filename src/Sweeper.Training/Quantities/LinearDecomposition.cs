using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Exact parts of the squared error of outputs f = l + n with l = B x their linear part: an example's error is
/// |target|^2 + (|l|^2 - 2 l . target) + (|n|^2 - 2 n . target) + 2 l . n; the same along each left vector of the network.
/// </summary>
/// <remarks>Sums over modes are complete where outputs are not more than inputs: then the left vectors span the outputs.</remarks>
internal sealed class LinearDecomposition
{
    private readonly Tensor linear, nonlinear, targets;
    private readonly Tensor modeLinear, modeNonlinear, modeTargets;

    /// <param name="left">Left vectors of the networks' Jacobians as columns, [K, n or 1, o, r].</param>
    /// <param name="map">B, [K, o, d].</param>
    /// <param name="inputs">[K, n, d].</param>
    /// <param name="outputs">[K, n, o].</param>
    /// <param name="targets">[K, n, o].</param>
    public LinearDecomposition(Tensor left, Tensor map, Tensor inputs, Tensor outputs, Tensor targets)
    {
        this.targets = targets;
        linear = LinearFit.Apply(map, inputs);
        nonlinear = outputs - linear;
        (modeLinear, modeNonlinear, modeTargets) = (Along(linear), Along(nonlinear), Along(targets));

        Tensor Along(Tensor values) => ScalarProducts.Of(left, values.unsqueeze(3));
    }

    /// <summary>What the linear part adds to the loss, [K].</summary>
    public Tensor Linear => Contribution(linear, targets).sum(1);

    /// <summary>What the rest adds, [K].</summary>
    public Tensor Nonlinear => Contribution(nonlinear, targets).sum(1);

    /// <summary>What they add together, [K]; zero on the data that B was fitted to.</summary>
    public Tensor Cross => Product(linear, nonlinear).sum(1);

    /// <summary><see cref="Linear"/> along each mode, [K, r].</summary>
    public Tensor ModeLinear => Contribution(modeLinear, modeTargets);

    /// <summary><see cref="Nonlinear"/> along each mode, [K, r].</summary>
    public Tensor ModeNonlinear => Contribution(modeNonlinear, modeTargets);

    /// <summary><see cref="Cross"/> along each mode, [K, r]; on training data only their sum is zero.</summary>
    public Tensor ModeCross => Product(modeLinear, modeNonlinear);

    private static Tensor Contribution(Tensor part, Tensor targets) => (part.square() - 2 * part * targets).mean([1L]);

    private static Tensor Product(Tensor first, Tensor second) => (2 * first * second).mean([1L]);
}
