using System.Collections.Immutable;
using MathNet.Numerics;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;

namespace Sweeper.Theory;

/// <summary>
/// Alignments of singular vectors that have nothing to do with one another: the mean of |u . u'| over independent random
/// directions of d dimensions, Gamma(d / 2) / (sqrt(pi) Gamma((d + 1) / 2)).
/// </summary>
/// <remarks>
/// Modes of the teacher may point anywhere. Those it lacks are orthogonal to its own, and so are the student's once it has
/// learned these: both then are random directions of the dimensions that are left.
/// </remarks>
public sealed class ChanceAlignment() : ExperimentTheory(
    LinearStudents.Experiment,
    new TheoryLabel(
        "chance",
        "chance, the mean |cosine| of random directions; for modes that the teacher lacks, of directions orthogonal to the modes that it "
        + "has."),
    "alignment_left", "alignment_right", "alignment_per_example", "leading_alignment_per_example")
{
    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        "`alignment_left`, `alignment_right`, `alignment_per_example` and `leading_alignment_per_example`: chance, the mean |cosine| of "
        + "random directions, for all students, except where `teacher_output_activation` is true.",
    ];

    /// <inheritdoc/>
    public override int Version => 1;

    /// <summary>Mean of |u . u'| over independent random directions, in so many dimensions.</summary>
    public static double Of(int dimensions) =>
        Math.Exp(SpecialFunctions.GammaLn(dimensions / 2.0) - SpecialFunctions.GammaLn((dimensions + 1) / 2.0)) / Math.Sqrt(Math.PI);

    /// <inheritdoc/>
    protected override bool Holds(Point point) =>
        // An activation after the outputs prefers some of them: directions are then not random.
        !point.Flag("teacher_output_activation");

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        foreach (var (step, metric) in asked)
        {
            foreach (var split in (string[])["train", "validation"])
            {
                foreach (var (component, values) in Values(point, metric, (int)point.Integer($"{split}_examples")))
                {
                    yield return new Prediction(step, Key(metric, split, component), values);
                }
            }
        }
    }

    private static IEnumerable<(string Component, ImmutableArray<double> Values)> Values(Point point, string metric, int examples)
    {
        int inputs = (int)point.Integer("inputs"), outputs = (int)point.Integer("outputs");
        ImmutableArray<double> left = [.. Modes(point, outputs, Math.Min(inputs, outputs))];
        return metric switch
        {
            "alignment_left" => [("", left)],
            "alignment_right" => [("", [.. Modes(point, inputs, Math.Min(inputs, outputs))])],
            "alignment_per_example" => left.Select((chance, mode) => ($"mode{mode}", Everywhere(chance))),
            "leading_alignment_per_example" => [("", Everywhere(left[0]))],
            _ => [],
        };

        ImmutableArray<double> Everywhere(double chance) => [.. Enumerable.Repeat(chance, examples)];
    }

    private static IEnumerable<double> Modes(Point point, int dimensions, int modes)
    {
        // What a linear map leaves of a teacher has all modes.
        var rank = point.Flag("residual_teacher") ? modes : point.Vector("teacher_spectrum").Count(value => value > 0);
        return Enumerable.Range(0, modes).Select(mode => Of(mode < rank ? dimensions : dimensions - rank));
    }
}
