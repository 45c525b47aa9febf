using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>
/// Mode strengths of deep linear students of linear teachers under gradient flow, were their singular vectors those of the data from the
/// start (<see cref="Dynamics.ModeGrowth"/>).
/// </summary>
/// <remarks>
/// What is trained starts from random singular vectors instead (except with `init: training-aligned`), so that its modes first have to
/// turn: the prediction is early, and the more so the larger the initial scale is. Without noise everything else holds exactly where it
/// predicts. With noise the data's singular values are those of large matrices.
/// </remarks>
public sealed class AlignedModes() : ExperimentTheory(
    LinearStudents.Experiment,
    new TheoryLabel(
        "aligned theory",
        "gradient flow of networks whose singular vectors are the data's from the start; random ones have to turn first. "
        + "Singular values of noisy data are those of large matrices."),
    Strength, Normalised)
{
    private const string Strength = "mode_strength", Normalised = "normalised_mode_strength";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Strength}` and `{Normalised}`, of inputs of training and validation: {LinearStudents.Conditions} Initial singular vectors are "
        + "taken for those of the data; with `init: haar` they are not, and have to turn first, so that the prediction is early.",
    ];

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    protected override bool Holds(Point point) => LinearStudents.Hold(point);

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        // The Jacobian of a linear student is the same at all inputs.
        string[] splits = ["train", "validation"];
        var curves = new ModeCurves(LinearStudents.Task(point), LinearStudents.Student(point));
        double[] teacher = [.. LinearStudents.Spectrum(point).Where(strength => strength > 0)];
        foreach (var (step, metric) in asked)
        {
            var strengths = curves.At(LinearStudents.TimeOfStep(point) * step);
            // Modes that the teacher lacks cannot be normalised.
            ImmutableArray<double> values =
                metric == Strength ? strengths : [.. teacher.Zip(strengths, (level, strength) => strength / level)];
            foreach (var split in splits)
            {
                yield return new Prediction(step, Key(metric, split), values);
            }
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<double> TeacherLevels(Point point, string metric) =>
        metric == Strength && IsOurs(point) && point.Choice("teacher") == "linear" ? LinearStudents.Spectrum(point) : [];
}
