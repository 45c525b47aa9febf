using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How well networks answer.</summary>
internal static class LossMetrics
{
    /// <summary>Parts of the data, and those on which losses are measured alone.</summary>
    public static Dimension LossSplit { get; } = new("split", MetricColumn.Split, networks => networks.Splits + networks.LossSplits);

    /// <summary>The reported loss.</summary>
    public static Metric Loss { get; } = OnSplits(
        "loss", 1,
        "Mean over examples: of the squared error, summed over outputs, (1/n) sum |y - target|^2, whatever scaling is trained, where "
        + "numbers are learned; of the cross-entropy, in nats, where classes are; of minus the logarithm of the labels' probability, in "
        + "nats a label, where sequences are labelled. Training targets carry the noise, validation targets do not.",
        (snapshot, split) => snapshot.Get(new Losses(split.Name))) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The loss over that of silence.</summary>
    public static Metric RelativeLoss { get; } = OnSplits(
        "relative_loss", 1,
        "`loss` divided by that of a network that answers zero, the mean squared norm of the same targets: 1 is nothing learned, 0 is "
        + "perfect.",
        (snapshot, split) => snapshot.Get(new Losses(split.Name)) / snapshot.Get(new TargetPower(split.Name))) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The loss at new inputs, over that of silence.</summary>
    public static Metric ExcessRisk { get; } = new(
        "excess_risk", 1,
        "What is not learned, at the validation inputs, whose targets carry no noise: mean squared error divided by the mean square of the "
        + "targets, |f - f*|^2 / |f*|^2, which is 1 for a network that answers zero; where classes are learned, the "
        + "share of wrong answers.",
        [], snapshot => [new MetricValues("validation", "", Risk(snapshot, snapshot.Split("validation")))])
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>The loss of silence.</summary>
    public static Metric TargetPowers { get; } = OnSplits(
        "target_power", 1,
        "Mean over examples of |target|^2, the loss of a network that answers zero: `loss` is `relative_loss` times it.",
        (snapshot, split) => snapshot.Get(new TargetPower(split.Name)));

    /// <summary>Share of right answers.</summary>
    public static Metric Accuracy { get; } = Metric.OnSplits(
        "accuracy", 1,
        "Share of the examples whose own class has the largest score. Training labels carry the noise, validation labels do not.",
        [], (snapshot, split) => ShareCorrect(snapshot.Get(new Outputs(split.Name)), split.Targets)) with
    {
        Better = MetricDirection.Higher,
    };

    /// <summary>Scores [K, n, ..., o], class numbers [K, n, ...] -> share of the examples whose class has the largest score, [K].</summary>
    public static Tensor ShareCorrect(Tensor scores, Tensor classes) =>
        Axes.MeanOfLane(scores.argmax(-1).eq(classes).to(ScalarType.Float64));

    private static Tensor Risk(NetworkSnapshot snapshot, Split split) => split.Targets.dtype == ScalarType.Int64
        ? 1 - ShareCorrect(snapshot.Get(new Outputs(split.Name)), split.Targets)
        : snapshot.Get(new Losses(split.Name)) / snapshot.Get(new TargetPower(split.Name));

    private static Metric OnSplits(string name, int version, string doc, Func<NetworkSnapshot, Split, Tensor> measure) => new(
        name, version, doc, [LossSplit],
        snapshot => snapshot.Program.Splits.Concat(snapshot.Program.LossSplits)
            .Select(split => new MetricValues(split.Name, "", measure(snapshot, split))));
}
