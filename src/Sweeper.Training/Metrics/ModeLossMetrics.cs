using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>The loss, taken apart by modes of input-output Jacobians (nonlinear mode decomposition).</summary>
internal static class ModeLossMetrics
{
    /// <summary>What each mode adds to the loss.</summary>
    public static Metric Contribution { get; } = Along(
        "loss_contribution",
        "What each mode of the network adds to the loss, mean(c^2 - 2 c t) over examples with c = s (v . x) its output and t = u . "
        + "target what was wanted of it; sums over modes to `loss` minus `target_power`. Complete where outputs are not more than "
        + "inputs.",
        (products, _) => products.Contribution()) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The loss of a network that has learned one mode only.</summary>
    public static Metric ModeLoss { get; } = Along(
        "mode_loss",
        "1 + `loss_contribution` / mean |target|^2: what the loss would be, in units of the targets' power, if this mode were all "
        + "that the network had learned. It starts near 1, falls where the mode helps and rises above 1 where it harms; the distances "
        + "from 1 add up to that of `relative_loss`.",
        (products, power) => 1 + products.Contribution() / power().unsqueeze(1)) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>Squared outputs of the modes.</summary>
    public static Metric Power { get; } = Along(
        "mode_power",
        "Mean over examples of c^2, the squared output of each mode of the network: what it would add to the loss if nothing were "
        + "wanted. With `mode_competition` and `noise_coupling` it makes up `loss_contribution`.",
        (products, _) => products.Power());

    /// <summary>What modes take from each other.</summary>
    public static Metric Competition { get; } = new(
        "mode_competition", 1,
        "Cross terms of the loss: -2 mean c_a b_b (u_teacher,b . u_a) of the network's mode a (`index`) and the teacher's mode b "
        + "(`component` teacher0, ...). Where a and b differ, a mode has learned another one's part.",
        [Dimension.Split, new Dimension("mode of the teacher", MetricColumn.Component, networks => networks.Modes), Dimension.Mode],
        snapshot => snapshot.Program.Splits.SelectMany(split =>
        {
            var terms = snapshot.Get(new LossParts(split.Name)).Competition();
            return Enumerable.Range(0, (int)terms.shape[2])
                .Select(mode => new MetricValues(split.Name, $"teacher{mode}", terms.select(2, mode)));
        }))
    {
        Vectors = SingularVectors.OfJacobians,
    };

    /// <summary>What noise adds.</summary>
    public static Metric NoiseCoupling { get; } = OfParts(
        "noise_coupling",
        "-2 mean c (u . z), how much of the noise z in the targets each mode of the network has taken up: negative where it fits the "
        + "noise, which pays on training data only.",
        parts => parts.NoiseCoupling());

    /// <summary>The error along the network's modes.</summary>
    public static Metric StudentResidual { get; } = OfParts(
        "loss_student_residual",
        "The error seen along each mode of the network, mean (u . (target - output))^2 with its own left vectors u; sums over modes "
        + "to `loss`. Complete where outputs are not more than inputs.",
        parts => parts.StudentResidual()) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The error along the teacher's modes.</summary>
    public static Metric TeacherResidual { get; } = OfParts(
        "loss_teacher_residual",
        "The error seen along each mode of the teacher, mean (u_teacher . (target - output))^2; sums over modes to `loss`. Modes that "
        + "the teacher lacks mean something only together. Complete where outputs are not more than inputs.",
        parts => parts.TeacherResidual()) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The error between equally ranked modes.</summary>
    public static Metric Paired { get; } = new(
        "loss_paired", 1,
        "Equally ranked modes of teacher and network compared: mean d_a . sum_b d_b with d_a the difference of what the two modes "
        + "answer (component `modes`; may be negative), and what noise on the targets adds (`noise`); all sum to `loss`.",
        [Dimension.Split, Dimension.Parts("part", "modes", "noise"), Dimension.Mode],
        snapshot => snapshot.Program.Splits.SelectMany(split => (MetricValues[])
        [
            new MetricValues(split.Name, "modes", snapshot.Get(new LossParts(split.Name)).PairSymmetric()),
            new MetricValues(split.Name, "noise", snapshot.Get(new LossParts(split.Name)).NoiseTerms()),
        ]))
    {
        // Noise has one value.
        Vectors = SingularVectors.OfJacobians, Rows = networks => networks.Splits * (networks.Modes + 1L),
    };

    private static Metric Along(string name, string doc, Func<ModeProducts, Func<Tensor>, Tensor> measure) =>
        Metric.OnSplits(
            name, 1, doc, [Dimension.Mode],
            (snapshot, split) => measure(
                snapshot.Get(new JacobianProducts(split.Name)), () => snapshot.Get(new TargetPower(split.Name)))) with
        {
            Vectors = SingularVectors.AlongJacobians,
        };

    private static Metric OfParts(string name, string doc, Func<LossDecomposition, Tensor> measure) =>
        Metric.OnSplits(name, 1, doc, [Dimension.Mode], (snapshot, split) => measure(snapshot.Get(new LossParts(split.Name)))) with
        {
            Vectors = SingularVectors.OfJacobians,
        };
}
