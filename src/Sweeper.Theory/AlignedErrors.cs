using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>
/// Relative losses of deep linear students of noisy linear teachers under gradient flow, were their singular vectors those of the data
/// from the start (<see cref="ErrorCurves"/>): of training targets, of clean targets at the training inputs, and of clean targets at new
/// inputs, whose relative loss is |M - W|^2 / |W|^2 where these are white, but for what so many of them happen to be.
/// </summary>
public sealed class AlignedErrors() : ExperimentTheory(
    LinearStudents.Experiment,
    new TheoryLabel(
        "theory",
        "gradient flow of networks whose singular vectors are the data's from the start; noise is that of large matrices."),
    Metric)
{
    private const string Metric = "relative_loss";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Metric}`, of training, validation and `train_clean`, of randomised targets of training only: {LinearStudents.Conditions} "
        + "The teacher may not be zero.",
    ];

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    protected override bool Holds(Point point) => LinearStudents.Hold(point) && LinearStudents.Spectrum(point).Sum() != 0;

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        var curves = new ErrorCurves(LinearStudents.Task(point), LinearStudents.Student(point));
        foreach (var (step, _) in asked)
        {
            var errors = curves.At(LinearStudents.TimeOfStep(point) * step);
            yield return Of("train", errors.Train);
            // What is learned of random numbers is noise to the teacher whose outputs they replace.
            if (point.Choice("targets") == "randomised")
            {
                continue;
            }

            yield return Of("validation", errors.Test);
            if (point.Flag("train_clean"))
            {
                yield return Of("train_clean", errors.CleanTrain);
            }

            Prediction Of(string split, double error) => new(step, Key(Metric, split), [error]);
        }
    }
}
