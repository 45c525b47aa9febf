using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>
/// Test errors on each of two linear tasks of rank one, of the student of both and of students of one alone, which have the singular
/// vectors of their data from the start (<see cref="TwoTasks"/>, <see cref="ErrorCurves"/>): of `task-transfer`.
/// </summary>
public sealed class TransferCurves() : ExperimentTheory(
    "task-transfer",
    new TheoryLabel(
        "theory", "gradient flow of students that begin with the singular vectors of their data, in the limit of large networks."),
    Metric)
{
    private const string Metric = "head_relative_loss";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Metric}`, of validation and `train_clean`, of the joint student and those of one task: for one piece (`pieces` has one "
        + "number), `leak: 1`, `init: training-aligned` with an `init_scale` above 0, gd without weight decay, noise above 0, and "
        + "strengths above 0.",
        "`noise` is the standard deviation of a target: at 1 / inputs^(1/2) the strength of a teacher's only mode is its signal-to-noise "
        + "ratio.",
    ];

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        var curves = Curves(point).ToList();
        string[] splits = point.Flag("train_clean") ? ["validation", "train_clean"] : ["validation"];
        foreach (var (step, _) in asked)
        {
            foreach (var (member, head, error) in curves)
            {
                var value = error(point.Real("learning_rate") * step);
                foreach (var split in splits)
                {
                    yield return new Prediction(step, Key(Metric, split, head, member), [value]);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override bool Holds(Point point) => point.Real("leak") == 1 && point.Vector("pieces").Length == 1
        && point.Choice("init") == "training-aligned" && point.Real("init_scale") > 0
        && point.Choice("optimizer") == "gd" && point.Real("weight_decay") == 0
        && point.Real("noise") > 0 && point.Vector("pieces")[0] * point.Real("strength_a") * point.Real("strength_b") > 0;

    private static IEnumerable<(int Member, string Head, Func<double, double> Error)> Curves(Point point)
    {
        int inputs = (int)point.Integer("inputs"), outputs = (int)point.Integer("outputs"), depth = (int)point.Integer("depth");
        var student = new DeepStudent((int)point.Integer("width"), depth, Math.Pow(point.Real("init_scale"), depth));
        var noise = point.Real("noise") * Math.Sqrt(inputs);
        double a = point.Real("strength_a") * point.Vector("pieces")[0], b = point.Real("strength_b") * point.Vector("pieces")[0];
        var overlap = point.Real("overlap");
        return
        [
            (0, "A", Joint(a, b)), (0, "B", Joint(b, a)), (1, "A", Alone(a)), (2, "B", Alone(b)),
        ];

        Func<double, double> Joint(double asked, double other) =>
            new TwoTasks(asked, other, overlap, inputs, outputs) { Noise = noise }.JointError(student);

        Func<double, double> Alone(double strength) =>
            new ErrorCurves(new LinearTask(inputs, outputs, [strength]) { Noise = noise }, student).TestError;
    }
}
