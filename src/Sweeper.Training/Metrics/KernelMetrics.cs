using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>Outputs and kernels of networks with one output, whose fluctuations over initial weights die out with the width.</summary>
internal static class KernelMetrics
{
    /// <summary>f.</summary>
    public static Metric NetworkOutput { get; } = Metric.OnSplits(
        "network_output", 1, "Output f of the network for the first example of each split.", [],
        (snapshot, split) => snapshot.Get(new Outputs(split.Name)).select(1, 0).squeeze(1).to(ScalarType.Float64));

    /// <summary>K.</summary>
    public static Metric TangentKernel { get; } = Metric.OnSplits(
        "tangent_kernel", 1,
        "Neural tangent kernel K at the first example of each split: the squared norm of the gradient of the output with respect to the "
        + "weights, in units in which df/dt = K (target - f) at the one training example, t = learning_rate * step.",
        [], (snapshot, split) => snapshot.Get(new TangentKernel(split.Name)));

    /// <summary>K^2 - 4 gamma^2 f^2.</summary>
    public static Metric KernelInvariant { get; } = new(
        "kernel_invariant", 1,
        "K^2 - 4 richness^2 f^2 at the training example, with K the `tangent_kernel` and f the `network_output`: gradient flow of a linear "
        + "network of one hidden layer conserves it.",
        [], snapshot =>
        {
            var split = snapshot.Program.Splits[0].Name;
            var output = snapshot.Get(new Outputs(split)).select(1, 0).to(ScalarType.Float64);
            var rich = Scaling(snapshot).Richness.unsqueeze(1) * output * 2;
            return [new MetricValues("", "", snapshot.Get(new TangentKernel(split)).square() - rich.square().squeeze(1))];
        });

    /// <summary>Phi of every hidden layer.</summary>
    public static Metric FeatureKernel { get; } = new(
        "feature_kernel", 1,
        "Mean squared activation of each hidden layer at the first training example, Phi = |phi(h)|^2 / width, in units in which its mean "
        + "over initial weights is 1 (for tanh units: where they are linear).",
        [new Dimension("layer", MetricColumn.Index, networks => networks.Layout.Weights.Length - 1)], snapshot =>
        {
            var model = (IHiddenLayers)snapshot.Program.Model;
            var squares = model.HiddenLayers(snapshot.Parameters, snapshot.Program.Splits[0].Inputs)
                .Select(layer => layer.select(1, 0).to(ScalarType.Float64).square().sum(1));
            return [new MetricValues("", "", stack(squares, 1) * Scaling(snapshot).Features)];
        });

    /// <summary>All.</summary>
    public static ImmutableArray<Metric> All { get; } = [NetworkOutput, TangentKernel, KernelInvariant, FeatureKernel];

    private static WidthScaling Scaling(NetworkSnapshot snapshot) =>
        snapshot.Program.Scaling ?? throw new InvalidOperationException("this program does not say how it was scaled");
}
