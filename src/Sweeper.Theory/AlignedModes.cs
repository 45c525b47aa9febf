using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory;

/// <summary>
/// Mode strengths of deep linear students of linear teachers under gradient flow, were their singular vectors the teacher's
/// from the start (<see cref="ModeGrowth"/>).
/// </summary>
/// <remarks>
/// What is trained starts from random singular vectors instead, so that its modes first have to turn: the prediction is early,
/// and the more so the larger the initial scale is. Everything else holds exactly where it predicts: square matrices, so that
/// all modes start at init_scale^depth; noise-free targets of inputs that are white; gradient descent without weight decay and
/// perturbation, whose steps are taken as infinitely small.
/// </remarks>
public sealed class AlignedModes : ITheory
{
    private const string Metric = "mode_strength";

    /// <summary>The Jacobian of a linear student is the same at all inputs.</summary>
    private static readonly string[] Splits = ["train", "validation"];

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric == Metric
        ? new TheoryLabel("aligned theory", "Dashed: gradient flow of networks whose singular vectors are the teacher's from the start; trained ones have to turn first.")
        : null;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (!Holds(point))
        {
            yield break;
        }

        var depth = (int)point.Integer("depth");
        var initial = Math.Pow(point.Real("init_scale"), depth);
        var levels = Spectrum(point);
        var modes = Enumerable.Range(0, (int)point.Integer("inputs")).Select(mode => new ModeGrowth(depth, mode < levels.Length ? levels[mode] : 0, initial)).ToArray();
        var rate = Rate(point);
        foreach (var snapshot in schedule.Snapshots.Where(snapshot => snapshot.Metrics.Any(metric => metric.Name == Metric)))
        {
            ImmutableArray<double> strengths = [.. modes.Select(mode => mode.At(rate * snapshot.Step))];
            foreach (var split in Splits)
            {
                yield return new Prediction(snapshot.Step, new SeriesKey(MeasurementSource.Theory, Metric, split, ""), strengths);
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<double> TeacherLevels(Point point, string metric) =>
        metric == Metric && IsOurs(point) && point.Choice("teacher") == "linear" ? Spectrum(point) : [];

    private static bool IsOurs(Point point) => point.Experiment is { Name: "teacher-student", Version: 1 };

    private static bool Holds(Point point) => IsOurs(point)
        && point.Choice("student") == "linear" && point.Choice("teacher") == "linear"
        && point.Integer("depth") >= 2 && point.Integer("inputs") == point.Integer("width") && point.Integer("width") == point.Integer("outputs")
        && point.Choice("input_law") is ("whitened" or "orthonormal")
        && point.Choice("init") == "haar" && point.Real("init_scale") > 0
        && point.Choice("optimizer") == "gd" && point.Integer("batch") == 0 && point.Real("weight_decay") == 0
        && point.Real("noise") == 0 && point.Real("perturbation") == 0;

    /// <summary>1 / tau in steps: learning rate times the curvature of the loss, which is k/2 of the squared distance between student and teacher.</summary>
    private static double Rate(Point point)
    {
        double examples = point.Integer("train_examples");
        var covariance = point.Choice("input_law") == "whitened" ? examples : 1;
        return point.Real("learning_rate") * covariance * point.Choice("loss_scaling") switch
        {
            "half_sum" => 1,
            "mean_example_sum_output" => 2 / examples,
            _ => 2 / (examples * point.Integer("outputs")),
        };
    }

    private static ImmutableArray<double> Spectrum(Point point) => [.. point.Vector("teacher_spectrum").OrderDescending()];
}
