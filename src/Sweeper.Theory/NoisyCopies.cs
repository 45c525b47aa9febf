using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>
/// Cosine and excess risk of linear networks that learned the same with different noise (<see cref="NoisyLeastSquares"/>): of
/// `ensemble-alignment`.
/// </summary>
public sealed class NoisyCopies() : ExperimentTheory(
    "ensemble-alignment",
    new TheoryLabel(
        "theory",
        "the smallest linear maps that fit Gaussian inputs with noisy targets best, their squared norms at their means: approximate near "
        + "as many examples as inputs."),
    Cosine, Risk)
{
    private const string Cosine = "function_cosine", Risk = "excess_risk";

    // Nearer to the threshold squared norms have no mean worth the name.
    private const int FromThreshold = 4;

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Cosine}` of all pairs and `{Risk}`: for `init: min-norm`, which is regression by linear networks at the end of training, and "
        + "noise on the targets (`perturb` is labels or fresh), where train_examples and inputs differ by at least four. The risk is its "
        + "mean over draws of the data; the cosine is approximate, with squared norms at their means, and the better the further from "
        + "train_examples = inputs and the larger both.",
    ];

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    protected override bool Holds(Point point) => point.Choice("init") == "min-norm" && point.Choice("perturb") != "inputs"
        && Math.Abs(point.Integer("train_examples") - point.Integer("inputs")) >= FromThreshold;

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        var law = new NoisyLeastSquares((int)point.Integer("inputs"), (int)point.Integer("train_examples"), point.Real("snr"));
        var series = All(point, law).ToLookup(one => one.Key.Metric);
        return asked.SelectMany(one => series[one.Metric], (one, of) => new Prediction(one.Step, of.Key, [of.Value]));
    }

    private static IEnumerable<(SeriesKey Key, double Value)> All(Point point, NoisyLeastSquares law)
    {
        var networks = (int)point.Integer("networks");
        var cosine = point.Choice("perturb") == "fresh" ? law.CosineOfFreshInputs : law.Cosine;
        var pairs = Enumerable.Range(0, networks).SelectMany(
            first => Enumerable.Range(first + 1, networks - first - 1), (first, second) => $"{first}-{second}");
        var ofPairs = pairs.Append("different trunks").Select(pair => (Key(Cosine, "validation", pair), cosine));
        var ofNetworks = Enumerable.Range(0, networks).Select(member => (Key(Risk, "validation", member: member), law.ExcessRisk));
        return ofPairs.Concat(ofNetworks);
    }
}
