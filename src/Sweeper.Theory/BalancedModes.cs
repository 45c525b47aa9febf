using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory;

/// <summary>
/// Singular values of Jacobians of linear networks with fixed gates under gradient flow, of `jacobian-depth`: balanced weights
/// M_l = D_l W_l D_(l-1) with the singular vectors of their teacher have ds_k/dt = -L s_k^(2 - 2/L) (s_k - t_k), whatever their gates are.
/// </summary>
public sealed class BalancedModes() : ExperimentTheory(
    "jacobian-depth",
    new TheoryLabel("balanced flow", "gradient flow of balanced weights whose singular vectors are the teacher's from the start."),
    Strength, Normalised)
{
    private const string Strength = "mode_strength", Normalised = "normalised_mode_strength";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Strength}` and `{Normalised}`, of the modes of `init_spectrum`: for a regression on a `teacher_spectrum` from "
        + "`init: training-aligned`, trained by gd at one learning rate, without weight decay. Gates do not matter.",
    ];

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        var targets = Targets(point);
        ModeGrowth[] modes =
        [
            .. point.Vector("init_spectrum").OrderDescending()
                .Zip(targets, (initial, target) => new ModeGrowth((int)point.Integer("depth"), target, initial)),
        ];
        foreach (var (step, metric) in asked)
        {
            var strengths = modes.Select(mode => mode.At(step * point.Real("learning_rate")));
            yield return new Prediction(
                step, Key(metric, "train"),
                metric == Strength ? [.. strengths] : [.. strengths.Zip(targets, (strength, target) => strength / target)]);
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<double> TeacherLevels(Point point, string metric) =>
        metric == Strength && IsOurs(point) && point.Choice("task") == "regression" ? Targets(point) : [];

    private static ImmutableArray<double> Targets(Point point) => [.. point.Vector("teacher_spectrum").OrderDescending()];

    /// <summary>
    /// Modes keep their order where stronger ones start no weaker; then the k-th predicted one is the k-th that is measured.
    /// </summary>
    protected override bool Holds(Point point) => point.Choice("init") == "training-aligned" && point.Integer("depth") >= 2
        && Targets(point) is var targets && targets.Length >= point.Vector("init_spectrum").Length && targets.All(target => target > 0)
        && point.Vector("init_spectrum").All(initial => initial > 0)
        && point.Choice("optimizer") == "gd" && point.Real("weight_decay") == 0
        && point.Integer("warmup_steps") == 0 && point.Vector("rate_drops").IsEmpty && point.Choice("rate_decay") == "none";
}
