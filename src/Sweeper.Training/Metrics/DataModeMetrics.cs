using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>
/// How far students have the modes of the data that they are trained on, noise included: what deep linear networks learn, where
/// <see cref="ModeMetrics"/> compares with the teacher (Lampinen and Ganguli 2019, section 3).
/// </summary>
internal static class DataModeMetrics
{
    private const string Data =
        "the data: those of the correlation of training targets and inputs, Y^T X min(n, d) / ||X||^2 with rows as examples, which for "
        + "white inputs is the matrix that fits the targets best";

    // Strengths of modes that a matrix lacks are rounding errors.
    private const double RoundOff = 1e-12;

    /// <summary>Singular values of the data.</summary>
    public static Metric Strength { get; } = OfTraining(
        "data_strength",
        $"Singular values of {Data}: noise is in them. Does not change in training.",
        snapshot => snapshot.Get(new TrainingModes()).S);

    /// <summary>Strength of the student's modes over those.</summary>
    public static Metric NormalisedStrength { get; } = OfTraining(
        "data_normalised_mode_strength",
        "`mode_strength` on training inputs divided by `data_strength`: 1 is learned, noise included. Undefined for "
        + "modes that the data lack.",
        snapshot =>
        {
            var data = snapshot.Get(new TrainingModes()).S;
            var strength = snapshot.Get(new JacobianSpectrum(TrainingSplit(snapshot))).mean([1L]);
            return (strength / data).masked_fill_(data.le(data.narrow(1, 0, 1) * RoundOff), double.NaN);
        });

    /// <summary>Agreement of output modes.</summary>
    public static Metric AlignmentLeft { get; } = Aligned(
        "data_alignment_left",
        "How far the student's output modes point where those of the training data do: |u_data . u_student| of equally ranked left "
        + $"singular vectors, of the student's Jacobian averaged over training inputs and of {Data}.",
        (student, data) => Alignment.Mean(student.U, data.U.unsqueeze(1)));

    /// <summary>Agreement of input modes.</summary>
    public static Metric AlignmentRight { get; } = Aligned(
        "data_alignment_right",
        "The same as `data_alignment_left` for the input modes: |v_data . v_student| of the right singular vectors.",
        (student, data) => Alignment.Mean(student.V, data.V.unsqueeze(1)));

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } = [Strength, NormalisedStrength, AlignmentLeft, AlignmentRight];

    private static Metric Aligned(string name, string doc, Func<Modes, Modes, Tensor> agreement) => OfTraining(
        name, doc, snapshot => agreement(snapshot.Get(new JacobianModes(TrainingSplit(snapshot))), snapshot.Get(new TrainingModes()))) with
    {
        Better = MetricDirection.Higher,
        Vectors = SingularVectors.OfJacobians,
    };

    private static Metric OfTraining(string name, string doc, Func<NetworkSnapshot, Tensor> measure) => new(
        name, 1, doc, [Dimension.Mode], snapshot => [new MetricValues(TrainingSplit(snapshot), "", measure(snapshot))])
    {
        UsualSplit = "train",
    };

    private static string TrainingSplit(NetworkSnapshot snapshot) => snapshot.Program.Splits[0].Name;
}
