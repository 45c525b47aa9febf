using System.Collections.Immutable;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How training moves the singular values of the Jacobian J = M_L ... M_1 of a chain of weights.</summary>
internal static class ChainFlowMetrics
{
    private const string Where = "of the leading modes of the Jacobian J, on the training data. Undefined beyond its rank.";

    /// <summary>What the loss wants of a mode.</summary>
    public static Metric ModeGradient { get; } = Of(
        "mode_gradient",
        $"u_k^T G v_k, G the gradient of the trained loss by J: how fast the loss changes with the singular value s_k, {Where}",
        (flow, _) => flow.Gradients);

    /// <summary>What it gets.</summary>
    public static Metric ModeVelocity { get; } = Of(
        "mode_velocity",
        "ds_k/dt under gradient flow on all weights between gates, exactly: -sum over l of u_k^T A_l A_l^T G B_l^T B_l v_k. Balanced "
        + $"weights have -L s_k^(2 - 2/L) u_k^T G v_k; {Where}",
        (flow, _) => flow.Velocities);

    /// <summary>How much faster than balanced weights.</summary>
    public static Metric BalanceRatio { get; } = Of(
        "balance_ratio",
        "c_k / (L s_k^(2 - 2/L)) with c_k the sum over l of |A_l^T u_k|^2 |B_l v_k|^2: how much faster a mode moves than if neighbouring "
        + $"weights were balanced. 1 for balanced weights, never less; {Where}",
        (flow, depth) => flow.BalanceRatios(depth));

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } = [ModeGradient, ModeVelocity, BalanceRatio];

    private static Metric Of(string name, string doc, Func<FlowOfModes, int, Tensor> measure) => new(
        name, 1, doc, [JacobianMetrics.Mode],
        snapshot => snapshot.Program.Rule is null
            ? []
            : [new MetricValues("", "", measure(snapshot.Get(new ChainFlow()), snapshot.Chain.Depth))])
    {
        Lacks = networks => networks.Chain is null ? "needs a chain of weights" : networks.Splits == 0 ? "needs a task" : null,
        Rows = networks => networks.Splits == 0 ? 0 : networks.Chain?.Modes ?? 0,
    };
}
