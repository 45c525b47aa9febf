using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// How gradient flow on the weights of a chain moves the singular values s of its product J, with G the gradient of the trained loss by J:
/// leading modes, [K, k] each, in float64; u and v are the singular vectors.
/// </summary>
/// <param name="Strengths">s.</param>
/// <param name="Gradients">u^T G v: how the loss changes with s.</param>
/// <param name="Rates">
/// c = sum over layers of |A_l^T u|^2 |B_l v|^2; at least L s^(2 - 2/L), and equal where neighbours are balanced.
/// </param>
/// <param name="Velocities">ds/dt = -sum over layers of u^T A_l A_l^T G B_l^T B_l v, exactly; -c u^T G v is its diagonal part.</param>
internal sealed record FlowOfModes(Tensor Strengths, Tensor Gradients, Tensor Rates, Tensor Velocities)
{
    /// <summary>c / (L s^(2 - 2/L)), 1 for balanced weights; not a number where s is 0.</summary>
    /// <param name="depth">L.</param>
    public Tensor BalanceRatios(int depth) => Rates / Strengths.pow(2 - 2.0 / depth).mul(depth);
}

/// <summary>The flow of a snapshot's networks on their training data.</summary>
internal sealed record ChainFlow : IQuantity<FlowOfModes>
{
    /// <summary>Singular values below so much of the largest are rounding errors.</summary>
    private const double RoundOff = 1e-12;

    /// <inheritdoc/>
    public FlowOfModes Compute(NetworkSnapshot snapshot)
    {
        var (program, chain) = (snapshot.Program, snapshot.Chain);
        var weights = program.Model.Layout.Weights.Select(weight => weight.Name).ToImmutableArray();
        var all = weights.ToDictionary(name => name, name => snapshot.Parameters[name].to(ScalarType.Float64));
        var product = chain.Weights.Skip(1).Aggregate(all[chain.Weights[0]], (below, name) => all[name].bmm(below));
        var first = weights.IndexOf(chain.Weights[0]);
        var gradient = GradientOf(
            [.. weights[..first].Select(name => all[name]), product, .. weights[(first + chain.Depth)..].Select(name => all[name])], first,
            program.Splits[0], (program.Rule ?? throw new InvalidOperationException("nothing is trained")).Objective);
        return Of([.. chain.Weights.Select(name => all[name])], product, gradient, chain.Modes);
    }

    /// <summary>The flow of a product, whatever its gradient comes from.</summary>
    /// <param name="weights">M_1, M_2, ..., [K, m, n] each.</param>
    /// <param name="product">J.</param>
    /// <param name="gradient">G, of J's shape.</param>
    /// <param name="modes">How many of its modes.</param>
    public static FlowOfModes Of(Tensor[] weights, Tensor product, Tensor gradient, int modes)
    {
        var found = BatchedSvd.Full(product);
        var (left, values, right) = (found.U.narrow(2, 0, modes), found.S.narrow(1, 0, modes), found.V.narrow(2, 0, modes));
        // A_l^T u from the last layer on, and A_l^T G with it; B_l v and B_l from the first one on.
        var (above, gradients) = (new Tensor[weights.Length], new Tensor[weights.Length]);
        (above[^1], gradients[^1]) = (left, gradient);
        for (var layer = weights.Length - 1; layer > 0; layer--)
        {
            above[layer - 1] = weights[layer].mT.bmm(above[layer]);
            gradients[layer - 1] = weights[layer].mT.bmm(gradients[layer]);
        }

        var below = right;
        var products = eye(right.shape[1], dtype: ScalarType.Float64, device: right.device).unsqueeze(0).expand(right.shape[0], -1, -1);
        var (rates, velocities) = (zeros_like(values), zeros_like(values));
        foreach (var (layer, matrix) in weights.Index())
        {
            rates = rates + above[layer].square().sum(1) * below.square().sum(1);
            velocities = velocities - (above[layer] * gradients[layer].bmm(products.mT.bmm(below))).sum(1);
            below = matrix.bmm(below);
            products = matrix.bmm(products);
        }

        var isMissing = values.le(values.narrow(1, 0, 1) * RoundOff);
        return new FlowOfModes(Known(values), Known((left * gradient.bmm(right)).sum(1)), Known(rates), Known(velocities));

        Tensor Known(Tensor numbers) => numbers.masked_fill(isMissing, double.NaN);
    }

    /// <summary>Gradient by one matrix of a linear network: that which the chain is, multiplied out.</summary>
    private static Tensor GradientOf(ImmutableArray<Tensor> weights, int place, Split data, IObjective objective)
    {
        var model = new Mlp([(int)weights[0].shape[2], .. weights.Select(matrix => (int)matrix.shape[1])], leak: 1);
        var parameters = new ParameterSet(model.Layout, cat([.. weights.Select(matrix => matrix.flatten(1))], 1));
        var split = data with
        {
            Inputs = data.Inputs.to(ScalarType.Float64),
            Targets = data.Targets.dtype == ScalarType.Int64 ? data.Targets : data.Targets.to(ScalarType.Float64),
        };
        return new ParameterSet(model.Layout, model.Gradient(parameters, split, objective))[place];
    }
}
