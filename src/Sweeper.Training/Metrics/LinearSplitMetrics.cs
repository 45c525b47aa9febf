using System.Collections.Immutable;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>The loss of a network's linear part and of the rest (nonlinear mode decomposition).</summary>
internal static class LinearSplitMetrics
{
    private static readonly Dimension Part = Dimension.Parts("part", "linear", "nonlinear", "cross");

    /// <summary>In the loss's units.</summary>
    public static Metric OfLoss { get; } = Of(
        "loss_linear_split",
        "The loss minus `target_power`, split into what the network's linear part adds, mean(|l|^2 - 2 l . target), what the rest "
        + "adds, mean(|n|^2 - 2 n . target), and their cross term mean 2 l . n, zero on training data. The network's best linear "
        + "approximation B x is fitted by least squares on the training inputs and used on every split.",
        [], (parts, _) => (parts.Linear, parts.Nonlinear, parts.Cross));

    /// <summary>In units of the targets' power.</summary>
    public static Metric Relative { get; } = Of(
        "linear_split",
        "What the loss would be, in units of the targets' power, if the network were its linear part alone (1 + linear / power of "
        + "`loss_linear_split`) or the rest alone; and the cross term over the power.",
        [], (parts, power) => (1 + parts.Linear / power(), 1 + parts.Nonlinear / power(), parts.Cross / power()));

    /// <summary>In the loss's units, mode by mode.</summary>
    public static Metric OfModeLoss { get; } = Of(
        "loss_mode_linear_split",
        "`loss_linear_split` mode by mode, everything projected on the left vectors of the network's Jacobian at each example: the "
        + "three parts of a mode add up to its `loss_contribution`. Complete where outputs are not more than inputs.",
        [Dimension.Mode], (parts, _) => (parts.ModeLinear, parts.ModeNonlinear, parts.ModeCross));

    /// <summary>In units of the targets' power, mode by mode.</summary>
    public static Metric RelativeOfModes { get; } = Of(
        "mode_linear_split",
        "The same as `linear_split`, mode by mode: 1 + linear / power, 1 + nonlinear / power and cross / power of "
        + "`loss_mode_linear_split`.",
        [Dimension.Mode], (parts, power) => power().unsqueeze(1) is var each
            ? (1 + parts.ModeLinear / each, 1 + parts.ModeNonlinear / each, parts.ModeCross / each)
            : default);

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } = [Relative, RelativeOfModes, OfLoss, OfModeLoss];

    private static Metric Of(
        string name, string doc, ImmutableArray<Dimension> further,
        Func<LinearDecomposition, Func<Tensor>, (Tensor Linear, Tensor Nonlinear, Tensor Cross)> measure) => new(
        name, 1, doc, [Dimension.Split, Part, .. further], snapshot => snapshot.Program.Splits.SelectMany(split =>
        {
            var (linear, nonlinear, cross) = measure(
                snapshot.Get(new LinearParts(split.Name)), () => snapshot.Get(new TargetPower(split.Name)));
            return (MetricValues[])
            [
                new MetricValues(split.Name, "linear", linear),
                new MetricValues(split.Name, "nonlinear", nonlinear),
                new MetricValues(split.Name, "cross", cross),
            ];
        }))
    {
        Vectors = SingularVectors.OfJacobians,
    };
}
