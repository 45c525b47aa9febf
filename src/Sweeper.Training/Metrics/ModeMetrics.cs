using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>Modes of input-output Jacobians, how strong they are and where they point (nonlinear mode decomposition).</summary>
internal static class ModeMetrics
{
    // Strengths of modes that a matrix lacks are rounding errors.
    private const double RoundOff = 1e-12;

    private static readonly Dimension Example = Dimension.Ragged("example", MetricColumn.Index);

    /// <summary>Singular values of the network's Jacobian.</summary>
    public static Metric Strength { get; } = Metric.OnSplits(
        "mode_strength", 1,
        "Singular values of the network's input-output Jacobian, strongest first, averaged over examples: how much of each mode has "
        + "been learned. For a linear network they are the singular values of the product of its matrices (nonlinear mode "
        + "decomposition, equation 6).",
        [Dimension.Mode], (snapshot, split) => StrengthOf(snapshot, split));

    /// <summary>The same over the teacher's.</summary>
    public static Metric NormalisedStrength { get; } = Metric.OnSplits(
        "normalised_mode_strength", 1,
        "`mode_strength` divided by the teacher's (`teacher_strength`) on the same examples: 1 is learned. Undefined for modes that "
        + "the teacher lacks.",
        [Dimension.Mode], (snapshot, split) =>
        {
            var teacher = TeacherStrengthOf(snapshot, split);
            var isMissing = teacher.le(teacher.narrow(1, 0, 1) * RoundOff);
            return (StrengthOf(snapshot, split) / teacher).masked_fill_(isMissing, double.NaN);
        });

    /// <summary>Singular values of the teacher's Jacobian.</summary>
    public static Metric TeacherStrength { get; } = Metric.OnSplits(
        "teacher_strength", 1,
        "Singular values of the teacher's input-output Jacobian, strongest first, averaged over examples: what `mode_strength` grows "
        + "to. Smaller than teacher_spectrum for a leaky-ReLU teacher, whose inactive units attenuate. Does not change in training.",
        [Dimension.Mode], (snapshot, split) => TeacherStrengthOf(snapshot, split));

    /// <summary>Agreement of output modes.</summary>
    public static Metric AlignmentLeft { get; } = Aligned(Metric.OnSplits(
        "alignment_left", 1,
        "How far the student's output modes point where the teacher's do: |u_teacher . u_student| of the equally ranked left singular "
        + "vectors of the two Jacobians, averaged over examples. 1 is aligned; chance is 0.235 in 12 dimensions, and modes that the "
        + "teacher lacks show only chance (nonlinear mode decomposition, equation 7).",
        [Dimension.Mode], (snapshot, split) => Alignment.Mean(snapshot.Get(new JacobianProducts(split.Name)).Left)));

    /// <summary>Agreement of input modes.</summary>
    public static Metric AlignmentRight { get; } = Aligned(Metric.OnSplits(
        "alignment_right", 1,
        "The same as `alignment_left` for the input modes: |v_teacher . v_student| of the right singular vectors (nonlinear mode "
        + "decomposition, equation 7).",
        [Dimension.Mode], (snapshot, split) => Alignment.Mean(snapshot.Get(new JacobianProducts(split.Name)).Right)));

    /// <summary>Agreement of output modes at every example.</summary>
    public static Metric AlignmentPerExample { get; } = Aligned(new Metric(
        "alignment_per_example", 1,
        "`alignment_left` before the mean: of every example (`index`) and mode (`component` mode0, ...). Averaged over seeds and then "
        + "sorted it shows whether a mode is aligned everywhere or at some inputs only.",
        [Dimension.Split, new Dimension("mode", MetricColumn.Component, networks => networks.Modes), Example],
        snapshot => snapshot.Program.Splits.SelectMany(split =>
        {
            var alignment = snapshot.Get(new ExampleAlignment(split.Name));
            return Enumerable.Range(0, (int)alignment.shape[2])
                .Select(mode => new MetricValues(split.Name, $"mode{mode}", alignment.select(2, mode)));
        }))
    {
        Rows = networks => (long)networks.Examples * networks.Modes,
    });

    /// <summary>The same of the strongest mode.</summary>
    public static Metric LeadingAlignmentPerExample { get; } = Aligned(Metric.OnSplits(
        "leading_alignment_per_example", 1,
        "`alignment_per_example` of the strongest mode alone, for measuring it often.",
        [Example], (snapshot, split) => snapshot.Get(new ExampleAlignment(split.Name)).select(2, 0)) with
    {
        Rows = networks => networks.Examples,
    });

    private static Metric Aligned(Metric metric) =>
        metric with { Better = MetricDirection.Higher, Vectors = SingularVectors.AlongJacobians };

    private static Tensor StrengthOf(NetworkSnapshot snapshot, Data.Split split) =>
        snapshot.Get(new JacobianSpectrum(split.Name)).mean([1L]);

    private static Tensor TeacherStrengthOf(NetworkSnapshot snapshot, Data.Split split) =>
        snapshot.Get(new TeacherModes(split.Name)).S.mean([1L]);
}
